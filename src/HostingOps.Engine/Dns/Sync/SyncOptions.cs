namespace HostingOps.Engine.Dns.Sync;

/// <summary>What a sync is asked for.</summary>
public sealed record SyncOptions
{
    /// <summary>Names of sites, with wildcards; null for all. With <see cref="Prune"/> also of sites that are gone.</summary>
    public IReadOnlyList<string>? Sites { get; init; }

    /// <summary>Whether records of sites that are gone are deleted.</summary>
    public bool Prune { get; init; }

    /// <summary>Names of sites, with wildcards, whose records nobody owns and are taken over when they point at one of the site's hosts.</summary>
    public IReadOnlyList<string> Adopt { get; init; } = [];

    /// <summary>Limits that are overridden by name.</summary>
    public IReadOnlyCollection<ZoneChangeGateName> Overrides { get; init; } = [];
}
