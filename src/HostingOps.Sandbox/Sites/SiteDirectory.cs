using System.Globalization;
using System.Text;

namespace HostingOps.Sandbox.Sites;

/// <summary>Which site a visitor's host name means. The bare domains and aliases lead to the site's <c>www</c> name.</summary>
internal sealed class SiteDirectory
{
    private static readonly IdnMapping Idn = new();

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

    /// <summary>The site that a TLS client asked for, or null.</summary>
    public HostedSite? FindByServerName(string? serverName)
    {
        if (serverName is null || Ascii.IsValid(serverName))
        {
            return Find(serverName);
        }

        try
        {
            // SslStream hands an international name on decoded, though it stands in the ClientHello in its ASCII form.
            return Find(Idn.GetAscii(serverName));
        }
        catch (ArgumentException)
        {
            // No name at all; such a client gets the host's own certificate.
            return null;
        }
    }
}
