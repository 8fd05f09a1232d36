using HostingOps.Engine.Health;

namespace HostingOps.Engine.Watch.Checking;

/// <summary>One check between its beginning and its end.</summary>
/// <param name="target">Of what.</param>
/// <param name="routine">Whether it is a routine one.</param>
/// <param name="startedAt">When it began (UTC).</param>
/// <param name="lag">How late it began.</param>
/// <param name="stop">Ends it.</param>
internal sealed class CheckUnderWay(WatchedState target, bool routine, DateTimeOffset startedAt, TimeSpan lag, CancellationTokenSource stop)
{
    public WatchedState Target => target;

    public bool IsRoutine => routine;

    public DateTimeOffset StartedAt => startedAt;

    public TimeSpan Lag => lag;

    public CancellationTokenSource Stop => stop;

    /// <summary>How far the host has shown itself.</summary>
    public ProbeTrace Trace { get; } = new();

    /// <summary>Whether its silence has been counted already.</summary>
    public bool IsSilent { get; set; }

    /// <summary>How often it was looked after.</summary>
    public int Looks { get; set; }

    /// <summary>Whether what it sees is asked for no more: its host's name leads elsewhere now.</summary>
    public bool IsVoid { get; set; }

    /// <summary>Whether it has ended or was given up: it has no place any more.</summary>
    public bool HasEnded { get; set; }
}
