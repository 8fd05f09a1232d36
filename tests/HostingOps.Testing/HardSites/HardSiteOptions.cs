namespace HostingOps.Testing.HardSites;

/// <summary>What the hard site is made of.</summary>
public sealed record HardSiteOptions
{
    /// <summary>The site's own name.</summary>
    public string HostName { get; init; } = "hard.example";

    /// <summary>The name of the host of shared assets; it answers on a port of its own at loopback.</summary>
    public string AssetHost { get; init; } = "localhost";

    /// <summary>Whether the answers that can never be had whole are linked to: 500, cut, stalled, endless.</summary>
    public bool IsWounded { get; init; }
}
