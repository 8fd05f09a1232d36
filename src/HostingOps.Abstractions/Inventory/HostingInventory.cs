namespace HostingOps;

/// <summary>The whole inventory as read from one file, with defaults applied and every name resolved.</summary>
public sealed record HostingInventory
{
    /// <summary>Full path of the file it was read from, or null when it was made in memory.</summary>
    public string? Path { get; init; }

    /// <summary>The hosted zone, without trailing dot.</summary>
    public required string Zone { get; init; }

    /// <summary>The hosted zone's id, for an account with two zones of that name, or null to find it by name.</summary>
    public string? ZoneId { get; init; }

    /// <summary>
    /// The id by which this inventory's records are told from those of others in the same zone, or null. Sync-SiteDns needs it.
    /// </summary>
    public string? Owner { get; init; }

    /// <summary>How AWS is reached.</summary>
    public AwsSettings Aws { get; init; } = new();

    /// <summary>
    /// Name servers to ask instead of the zone's own, as <c>address</c> or <c>address:port</c>. For rehearsal and for
    /// zones whose servers are not reachable by name. Empty means the zone's own NS records.
    /// </summary>
    public IReadOnlyList<string> NameServers { get; init; } = [];

    /// <summary>Whether switches are proven at the authoritative servers. Default true; false only for endpoints that serve no DNS.</summary>
    public bool VerifyDns { get; init; } = true;

    /// <summary>All hosts, by name.</summary>
    public IReadOnlyDictionary<string, SiteHost> Hosts { get; init; } = new Dictionary<string, SiteHost>();

    /// <summary>All sites, in the file's order.</summary>
    public IReadOnlyList<HostedSite> Sites { get; init; } = [];

    /// <summary>Limits over the whole inventory.</summary>
    public FleetPolicy Policy { get; init; } = new();

    /// <summary>Limits of Sync-SiteDns.</summary>
    public SyncPolicy Sync { get; init; } = new();

    /// <summary>The bare domains' redirector, or null.</summary>
    public ApexSettings? Apex { get; init; }

    /// <summary>Records that follow a changing address.</summary>
    public IReadOnlyList<DynamicDnsRecord> DynamicDns { get; init; } = [];

    /// <summary>Lines to the world that are known by their addresses.</summary>
    public IReadOnlyList<UplinkSettings> Uplinks { get; init; } = [];

    /// <summary>Times in which failures are expected.</summary>
    public IReadOnlyList<MaintenanceWindow> Maintenance { get; init; } = [];

    /// <summary>How the outside is asked about the sites' names.</summary>
    public DnsAuditSettings DnsAudit { get; init; } = DnsAuditSettings.Default;

    /// <summary>Who else is asked before a failover, or null.</summary>
    public WitnessSettings? Witnesses { get; init; }

    /// <summary>Who is told of what.</summary>
    public IReadOnlyList<NotificationChannel> Notifications { get; init; } = [];

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Path ?? Zone} ({Sites.Count} sites on {Hosts.Count} hosts)");
}
