namespace HostingOps.Engine.Watch.Witnesses.Agents;

/// <summary>
/// One site on one host. The witness asks only what is in its own inventory; names and addresses are sent so that it notices
/// when the two inventories differ.
/// </summary>
internal sealed record WitnessQuestion
{
    /// <summary>The site's name.</summary>
    public string Site { get; init; } = "";

    /// <summary>The host's name.</summary>
    public string Host { get; init; } = "";

    /// <summary>The name that visitors use.</summary>
    public string Visited { get; init; } = "";

    /// <summary>Where the host is: its addresses, or its cname.</summary>
    public string Place { get; init; } = "";

    /// <summary>The question about a site of the asker's inventory.</summary>
    public static WitnessQuestion Of(HostedSite site, SiteHost host) => new()
    {
        Site = site.Name,
        Host = host.Name,
        Visited = site.HostName,
        Place = PlaceOf(host),
    };

    /// <summary>A host's addresses, or its cname.</summary>
    public static string PlaceOf(SiteHost host) => string.Join(' ', new[] { host.Address, host.AddressV6, host.Cname }.OfType<string>());
}
