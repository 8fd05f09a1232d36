namespace HostingOps.Engine.Watch.Scheduling;

/// <summary>A target's place in the scheduler: when its next check is due, and whether it is waited for.</summary>
/// <typeparam name="T">What is checked.</typeparam>
/// <param name="target">What is checked.</param>
internal sealed class CheckTicket<T>(T target)
{
    /// <summary>What is checked.</summary>
    public T Target => target;

    /// <summary>When the next check is due, or null when none is planned.</summary>
    public TimeSpan? Due { get; internal set; }

    /// <summary>Whether the next check confirms something.</summary>
    public bool IsUrgent { get; internal set; }

    /// <summary>Whether the next check is due and waits for a place.</summary>
    internal bool IsWaiting { get; set; }

    /// <summary>Tells the present plan from those it replaced.</summary>
    internal int Plan { get; set; }
}
