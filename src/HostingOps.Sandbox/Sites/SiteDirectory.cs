namespace HostingOps.Sandbox.Sites;

/// <summary>Which site a visitor's host name means. The bare domains and aliases lead to the site's <c>www</c> name.</summary>
internal sealed class SiteDirectory
{
    private readonly Dictionary<string, HostedSite> byName = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Indexes the sites' names.</summary>
    public SiteDirectory(IEnumerable<HostedSite> sites)
    {
        foreach (var site in sites)
        {
            foreach (var name in NamesOf(site))
            {
                byName.TryAdd(name, site);
            }
        }
    }

    /// <summary>All names that a site's certificate covers, the canonical one first.</summary>
    public static IReadOnlyList<string> NamesOf(HostedSite site) =>
        [.. new[] { site.HostName, site.Domain }.Concat(site.Aliases.SelectMany(alias => new[] { alias, "www." + alias })).Distinct()];

    /// <summary>The site, or null.</summary>
    public HostedSite? Find(string? hostName) => hostName is null ? null : byName.GetValueOrDefault(hostName.TrimEnd('.'));
}
