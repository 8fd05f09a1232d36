using HostingOps.Engine.Inventory;

namespace HostingOps.Engine.Failover;

/// <summary>Finds a site's hosts by name.</summary>
internal static class SiteHosts
{
    /// <summary>The one of the site's two hosts that has the name, without regard to case.</summary>
    /// <exception cref="HostingException">HostNotFound.</exception>
    public static SiteHost Of(HostedSite site, string hostName) =>
        Matches(site.Primary, hostName) ? site.Primary
        : Matches(site.Secondary, hostName) ? site.Secondary
        : throw new HostingException(
            ErrorIds.HostNotFound,
            HostingErrorCategory.ObjectNotFound,
            hostName,
            $"'{hostName}' is not a host of site '{site.Name}'; it has {site.Primary.Name} (primary) and {site.Secondary.Name} (secondary).",
            NameSuggestion.Nearest(hostName, [site.Primary.Name, site.Secondary.Name]) is { } near ? $"Did you mean '{near}'?" : "Name one of the two.");

    private static bool Matches(SiteHost host, string name) => string.Equals(host.Name, name, StringComparison.OrdinalIgnoreCase);
}
