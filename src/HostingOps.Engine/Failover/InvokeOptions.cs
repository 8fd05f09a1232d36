namespace HostingOps.Engine.Failover;

/// <summary>How an operation is carried out.</summary>
public sealed record InvokeOptions
{
    /// <summary>How long to wait for INSYNC. Default 3 min.</summary>
    public TimeSpan SyncTimeout { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>How long to ask the authoritative servers until all agree. Default 30 s.</summary>
    public TimeSpan VerifyTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Hooks and probes under way at once.</summary>
    public int ThrottleLimit { get; init; } = 8;
}
