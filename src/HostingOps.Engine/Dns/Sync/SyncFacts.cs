namespace HostingOps.Engine.Dns.Sync;

/// <summary>What a sync is decided on.</summary>
internal sealed record SyncFacts
{
    public required HostingInventory Inventory { get; init; }

    /// <summary>The inventory's owner.</summary>
    public required string Owner { get; init; }

    /// <summary>The zone. Of a sync of some sites, only the names that concern them.</summary>
    public required ZoneContents Zone { get; init; }

    /// <summary>The sites asked for.</summary>
    public required IReadOnlyList<HostedSite> Sites { get; init; }

    /// <summary>Whether the names that no site of the inventory has are looked at too.</summary>
    public bool WholeZone { get; init; } = true;

    /// <summary>Whether a site that is gone is asked for.</summary>
    public Func<string, bool> Concerns { get; init; } = static _ => true;

    /// <summary>Names of the sites whose records are taken over.</summary>
    public IReadOnlySet<string> Adopt { get; init; } = new HashSet<string>();

    public bool Prune { get; init; }

    /// <summary>The failover operations that have not ended, by site.</summary>
    public IReadOnlyDictionary<string, string> OpenOperations { get; init; } = new Dictionary<string, string>();
}
