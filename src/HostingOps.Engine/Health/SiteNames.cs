namespace HostingOps.Engine.Health;

/// <summary>The names that are the site's own: its domain and aliases, each bare and with www.</summary>
internal sealed class SiteNames
{
    private readonly HashSet<string> names = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> bare = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Collects the site's names.</summary>
    public SiteNames(HostedSite site)
    {
        names.Add(site.HostName);
        foreach (var domain in site.Aliases.Prepend(site.Domain))
        {
            bare.Add(domain);
            names.Add(domain);
            names.Add("www." + domain);
        }
    }

    /// <summary>Whether a URL's host is the site's own; a trailing dot and the case do not matter.</summary>
    public bool Contains(string host) => names.Contains(host.TrimEnd('.'));

    /// <summary>Whether a URL's host is a bare domain of the site, to which a CNAME can't lead.</summary>
    public bool IsBare(string host) => bare.Contains(host.TrimEnd('.'));
}
