using System.Net;
using Amazon.Route53;
using Amazon.Route53.Model;

namespace HostingOps.Engine.Watch.Witnesses.Route53;

/// <summary>What a health check is evidence of, by its configuration.</summary>
/// <param name="Obstacle">Why it is evidence of nothing, or null.</param>
/// <param name="SeesSite">Whether its success shows that the site is served, and not only that the host answers.</param>
/// <param name="Interval">Time between one checker's looks.</param>
internal sealed record HealthCheckScope(string? Obstacle, bool SeesSite, TimeSpan Interval)
{
    private const int UsualInterval = 30;

    /// <summary>Holds a health check against the site and the host that it is to be asked about.</summary>
    /// <param name="config">Its configuration.</param>
    /// <param name="site">The site.</param>
    /// <param name="host">The host.</param>
    /// <param name="isForSite">Whether the inventory names it for this very site rather than for the host.</param>
    public static HealthCheckScope Of(HealthCheckConfig config, HostedSite site, SiteHost host, bool isForSite)
    {
        ArgumentNullException.ThrowIfNull(config);
        var interval = TimeSpan.FromSeconds(config.RequestInterval ?? UsualInterval);
        var name = config.FullyQualifiedDomainName?.TrimEnd('.');
        var asksSite = name is { Length: > 0 } && NamesOf(site).Contains(name, StringComparer.OrdinalIgnoreCase);
        var asksPages = config.Type == HealthCheckType.HTTP || config.Type == HealthCheckType.HTTPS
            || config.Type == HealthCheckType.HTTP_STR_MATCH || config.Type == HealthCheckType.HTTPS_STR_MATCH;
        var obstacle = !asksPages && config.Type != HealthCheckType.TCP ? $"its health check is of type {config.Type?.Value}, which asks no host"
            : config.Disabled == true ? "its health check is disabled"
            : config.Inverted == true ? "its health check is inverted"
            : Elsewhere(config, host, name)
            ?? (isForSite && asksPages && !asksSite ? $"its health check asks for {name ?? "no name"}, which is none of the site's" : null);
        return new HealthCheckScope(obstacle, asksPages && asksSite, interval);
    }

    // Without an address of its own, a checker asks the DNS where the name leads: only a host's own name always leads to that host.
    private static string? Elsewhere(HealthCheckConfig config, SiteHost host, string? name) => config.IPAddress is { Length: > 0 } text
        ? Same(text, host.Address) || Same(text, host.AddressV6) ? null : $"its health check asks {text}, which is not {host.Name}"
        : name is not null && string.Equals(name, host.Cname?.TrimEnd('.'), StringComparison.OrdinalIgnoreCase) ? null
        : $"its health check asks {name ?? "nothing"} wherever that leads, which need not be {host.Name}";

    private static bool Same(string text, string? address) =>
        address is not null && IPAddress.TryParse(text, out var asked) && IPAddress.TryParse(address, out var own) && asked.Equals(own);

    private static IEnumerable<string> NamesOf(HostedSite site) =>
        [site.HostName, site.Domain, .. site.Aliases, .. site.Aliases.Select(static alias => "www." + alias)];
}
