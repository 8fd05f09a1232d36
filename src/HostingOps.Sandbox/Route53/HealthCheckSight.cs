using System.Net;
using System.Xml.Linq;
using HostingOps.Sandbox.Sites;

namespace HostingOps.Sandbox.Route53;

/// <summary>What Route 53's checkers see of the sandbox's hosts. They validate no certificates, as the real ones.</summary>
/// <param name="hosts">The hosts.</param>
/// <param name="faults">How sites misbehave.</param>
/// <param name="store">Where records point.</param>
internal sealed class HealthCheckSight(IReadOnlyCollection<SandboxHost> hosts, SiteFaults faults, Route53Store store)
{
    private const string NoConnection =
        "Failure: Connection timed out. The endpoint or the internet connection is down, or requests are being blocked by your firewall.";

    /// <summary>A checker's words when it looks now.</summary>
    public string Look(XElement config)
    {
        var name = Route53Xml.Optional(config, "FullyQualifiedDomainName")?.TrimEnd('.');
        var host = Route53Xml.Optional(config, "IPAddress") is { Length: > 0 } address ? At(address) : Behind(name);
        if (host is not { IsOn: true })
        {
            return NoConnection;
        }

        return Route53Xml.Optional(config, "Type") == "TCP" ? "Success: TCP connection established" : Page(host, name, Route53Xml.Optional(config, "SearchString"));
    }

    private string Page(SandboxHost host, string? name, string? search)
    {
        if (host.Find(name) is not { } site)
        {
            return "Failure: HTTP Status Code 404, Not Found";
        }

        return faults[site.Name, host.Name] switch
        {
            SandboxFault.ServiceUnavailable => "Failure: HTTP Status Code 503, Service Unavailable",
            SandboxFault.Slow or SandboxFault.Silent => "Failure: The health checker established a connection, but the endpoint did not respond within the timeout.",
            SandboxFault.Reset => "Failure: The connection was reset.",
            _ when !string.Equals(name, site.HostName, StringComparison.OrdinalIgnoreCase) => "Success: HTTP Status Code 301, Moved Permanently",
            _ when search is not null && !SitePages.TextOf(site, host.Name).Contains(search, StringComparison.Ordinal) =>
                "Failure: HTTP Status Code 200, OK. The search string was not found.",
            _ => "Success: HTTP Status Code 200, OK",
        };
    }

    private SandboxHost? At(string address) => IPAddress.TryParse(address, out var asked)
        ? hosts.FirstOrDefault(host => Same(host.Public.Address, asked) || Same(host.Public.AddressV6, asked))
        : null;

    // Without an address a checker asks the DNS, as visitors do.
    private SandboxHost? Behind(string? name)
    {
        if (name is null)
        {
            return null;
        }

        if (hosts.FirstOrDefault(host => string.Equals(host.Public.Cname, name, StringComparison.OrdinalIgnoreCase)) is { } named)
        {
            return named;
        }

        var record = hosts.Select(host => host.Find(name)).OfType<HostedSite>().FirstOrDefault()?.Record ?? name;
        var value = Served(record);
        return value is null ? null
            : At(value) ?? hosts.FirstOrDefault(host => string.Equals(host.Public.Cname, value, StringComparison.OrdinalIgnoreCase));
    }

    private string? Served(string record)
    {
        try
        {
            return store.FindServed(RecordName.Parse(record)).SelectMany(static set => set.Values).FirstOrDefault()?.TrimEnd('.');
        }
        catch (RecordNameException)
        {
            // No name at all leads nowhere.
            return null;
        }
    }

    private static bool Same(string? text, IPAddress address) => IPAddress.TryParse(text, out var own) && own.Equals(address);
}
