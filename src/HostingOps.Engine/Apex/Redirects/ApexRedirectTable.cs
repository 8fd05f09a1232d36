using HostingOps.Engine.Inventory.Reading;
using HostingOps.Engine.Inventory.Yaml;

namespace HostingOps.Engine.Apex.Redirects;

/// <summary>
/// Which names the redirector answers for, and where it sends each: <c>https://www.</c> and the domain of the site. Made from the
/// inventory alone. Every name in it is a host name in lower case ASCII, so that none can mean anything else in a configuration.
/// </summary>
public sealed class ApexRedirectTable
{
    private ApexRedirectTable(IReadOnlyList<ApexRedirect> redirects, int siteCount, bool hasMirrors) => (Redirects, SiteCount, HasMirrors) = (redirects, siteCount, hasMirrors);

    /// <summary>All redirects, in the ordinal order of their hosts.</summary>
    public IReadOnlyList<ApexRedirect> Redirects { get; }

    /// <summary>How many sites they lead to.</summary>
    public int SiteCount { get; }

    /// <summary>Whether a site has a mirror, so that the redirector's server may serve it too.</summary>
    internal bool HasMirrors { get; }

    /// <summary>Collates the sites' domains and aliases; sites with <c>apexRedirect: false</c> are left out.</summary>
    /// <param name="sites">The sites.</param>
    /// <param name="wwwAliases">Whether <c>www.</c> before an alias is redirected too.</param>
    /// <exception cref="HostingException">ApexRedirectInvalid: a name that is no domain, or that two sites have, or no name at all.</exception>
    public static ApexRedirectTable Create(IEnumerable<HostedSite> sites, bool wwwAliases)
    {
        ArgumentNullException.ThrowIfNull(sites);
        var redirects = new Dictionary<string, ApexRedirect>(StringComparer.Ordinal);
        var count = 0;
        var hasMirrors = false;
        foreach (var site in sites)
        {
            hasMirrors |= site.Mirror is not null;
            if (!site.ApexRedirect)
            {
                continue;
            }

            count++;
            var domain = Checked(site, site.Domain);
            Add(redirects, site, domain, domain, ApexRedirectKind.Domain);
            foreach (var alias in site.Aliases.Select(alias => Checked(site, alias)))
            {
                Add(redirects, site, domain, alias, ApexRedirectKind.Alias);
                if (wwwAliases)
                {
                    Add(redirects, site, domain, "www." + alias, ApexRedirectKind.WwwAlias);
                }
            }
        }

        return redirects.Count > 0
            ? new ApexRedirectTable(redirects.Values.OrderBy(static redirect => redirect.Host, StringComparer.Ordinal).ToList(), count, hasMirrors)
            : throw new HostingException(
                ErrorIds.ApexRedirectInvalid,
                HostingErrorCategory.InvalidData,
                null,
                "There is no domain to redirect: no site was chosen, or each has 'apexRedirect: false'.",
                "Add a site, or let one have its redirect.");
    }

    private static void Add(Dictionary<string, ApexRedirect> redirects, HostedSite site, string siteDomain, string host, ApexRedirectKind kind)
    {
        var redirect = new ApexRedirect { Host = host, Target = "www." + siteDomain, SiteDomain = siteDomain, SiteName = site.Name, Kind = kind };
        if (!redirects.TryAdd(host, redirect))
        {
            throw Invalid(
                site,
                $"The name '{host}' of site '{site.Name}' is already that of site '{redirects[host].SiteName}'; one name leads to one site.",
                "Give the domain to one site, once.");
        }
    }

    // An inventory from a file has been checked; one that was made in memory has not.
    private static string Checked(HostedSite site, string text)
    {
        if (text is null || text != text.Trim() || DomainSyntax.Read(text, out _, out _) is not { } domain)
        {
            throw Invalid(
                site,
                $"{YamlScalar.Quote(text ?? "")} of site '{site.Name}' is no domain; a bare domain such as acme.example was expected.",
                "Correct the domain or alias in the inventory.");
        }

        return !domain.StartsWith("www.", StringComparison.Ordinal) || domain.LastIndexOf('.') == 3
            ? domain
            : throw Invalid(
                site,
                $"The domain '{domain}' of site '{site.Name}' begins with 'www.'; the bare domain was expected.",
                $"Write '{domain[4..]}'.");
    }

    private static HostingException Invalid(HostedSite site, string message, string action) =>
        new(ErrorIds.ApexRedirectInvalid, HostingErrorCategory.InvalidData, site.Name, message, action);
}
