namespace HostingOps.Engine.Dns.Changes;

/// <summary>How a plan of zone changes is carried out.</summary>
public sealed record ZoneChangeOptions
{
    /// <summary>How long to wait for INSYNC.</summary>
    public TimeSpan InSyncTimeout { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>How long the authoritative servers may take to agree.</summary>
    public TimeSpan VerifyTimeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>False: neither INSYNC nor the authoritative servers are waited for.</summary>
    public bool Verify { get; init; } = true;
}
