namespace HostingOps.Engine.Failover;

/// <summary>How an operation is carried out.</summary>
public sealed record InvokeOptions
{
    /// <summary>Whether a watcher does it with nobody asked: the journal and the marker then say so, and the watcher takes it up again when it was cut off.</summary>
    public bool ByWatcher { get; init; }

    /// <summary>How long to wait for INSYNC. Default 3 min.</summary>
    public TimeSpan SyncTimeout { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>How long to ask the authoritative servers until all agree. Default 30 s.</summary>
    public TimeSpan VerifyTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Hooks and probes under way at once.</summary>
    public int ThrottleLimit { get; init; } = 8;
}
