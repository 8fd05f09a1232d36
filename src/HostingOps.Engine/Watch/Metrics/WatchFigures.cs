using HostingOps.Engine.Watch.Registration;

namespace HostingOps.Engine.Watch.Metrics;

/// <summary>What the state database has beside the checks, for the metrics and the status. Asked from several threads; null when it can't be told.</summary>
internal sealed record WatchFigures
{
    /// <summary>The incidents that are open.</summary>
    public Func<IReadOnlyList<HostingIncident>?> OpenIncidents { get; init; } = static () => [];

    /// <summary>How many alerts have reached nobody yet, those given up within a day included.</summary>
    public Func<long?> AlertsUndelivered { get; init; } = static () => 0;

    /// <summary>How the moves of sites ended that began at a time or later: sites by outcome.</summary>
    public Func<DateTimeOffset, IReadOnlyDictionary<FailoverOutcome, long>?> MovesSince { get; init; } = static _ => new Dictionary<FailoverOutcome, long>();

    /// <summary>What was missed before this watcher began, or null.</summary>
    public MissedRuns? Missed { get; init; }
}
