namespace HostingOps.Engine.Mirror.Serving;

/// <summary>Whose mirrors one host's web server serves.</summary>
/// <param name="HostName">The host's name in the inventory.</param>
/// <param name="Sites">The sites, in ordinal order.</param>
/// <param name="IsIPv6">Whether the host has an IPv6 address.</param>
internal sealed record MirrorConfigTable(string HostName, IReadOnlyList<MirroredSite> Sites, bool IsIPv6)
{
    /// <summary>Whether any site has certificates.</summary>
    public bool IsHttps => Sites.Any(static site => site.Certificates is not null);

    /// <summary>A table for each secondary host of sites that have a mirror, in ordinal order. Sites without one are left out.</summary>
    /// <param name="sites">The sites.</param>
    /// <param name="hostName">The only host, or null for all.</param>
    /// <exception cref="HostingException">MirrorConfigInvalid: no site has a mirror there, a text that cannot stand in a configuration, or two sites with one name.</exception>
    public static IReadOnlyList<MirrorConfigTable> Create(IEnumerable<HostedSite> sites, string? hostName)
    {
        ArgumentNullException.ThrowIfNull(sites);
        var tables = sites
            .Where(site => site.Mirror is not null && (hostName is null || site.Secondary.Name == hostName))
            .GroupBy(static site => site.Secondary.Name, StringComparer.Ordinal)
            .OrderBy(static host => host.Key, StringComparer.Ordinal)
            .Select(static host => new MirrorConfigTable(
                host.Key, host.OrderBy(static site => site.Name, StringComparer.Ordinal).Select(MirroredSite.Of).ToList(), host.Any(static site => site.Secondary.AddressV6 is not null)))
            .ToList();
        if (tables.Count == 0)
        {
            throw Invalid(hostName, hostName is null ? "No site that was chosen has a mirror." : $"No site that was chosen has a mirror on '{hostName}'.", "Give a site a 'mirror' in the inventory.");
        }

        foreach (var table in tables)
        {
            var owners = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var (site, name) in table.Sites.SelectMany(static site => site.Names.Select(name => (site, name))))
            {
                if (!owners.TryAdd(name, site.Name))
                {
                    throw Invalid(site.Name, $"The name '{name}' of site '{site.Name}' is already that of site '{owners[name]}'; one name leads to one site.", "Give the domain to one site, once.");
                }
            }
        }

        return tables;
    }

    private static HostingException Invalid(string? target, string message, string action) =>
        new(ErrorIds.MirrorConfigInvalid, HostingErrorCategory.InvalidData, target, message, action);
}
