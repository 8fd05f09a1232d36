namespace HostingOps.Engine.DynamicDns;

/// <summary>How dynamic records are updated.</summary>
public sealed record DynamicDnsOptions
{
    /// <summary>Look and tell only: neither the record nor the state database is written.</summary>
    public bool DryRun { get; init; }

    /// <summary>Conditions that may be passed although they refuse: Settled, Floor, Uplink, RecordKnown.</summary>
    public IReadOnlyList<DynamicDnsGateName> Overrides { get; init; } = [];

    /// <summary>How long to wait for INSYNC. Default 3 min.</summary>
    public TimeSpan SyncTimeout { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>How long to ask the authoritative servers until all agree. Default 30 s.</summary>
    public TimeSpan VerifyTimeout { get; init; } = TimeSpan.FromSeconds(30);
}
