using System.Net;
using HostingOps.Engine.Dns.Wire;

namespace HostingOps.Engine.Dns.Audit.Walk;

/// <summary>The zones that walks begin with.</summary>
internal static class RootServers
{
    // https://www.iana.org/domains/root/servers; an address is kept for years after it was given up.
    private static readonly string[] Internet =
    [
        "198.41.0.4", "170.247.170.2", "192.33.4.12", "199.7.91.13", "192.203.230.10", "192.5.5.241", "192.112.36.4",
        "198.97.190.53", "192.36.148.17", "192.58.128.30", "193.0.14.129", "199.7.83.42", "202.12.27.33",
    ];

    /// <summary>The Internet's root.</summary>
    public static DnsZone OfTheInternet { get; } = At(
        DnsName.Root,
        Internet.Select(static (address, index) => (FormattableString.Invariant($"{(char)('a' + index)}.root-servers.net"), AuthoritativeServers.ParseEndpoint(address))));

    /// <summary>A zone whose servers were given.</summary>
    public static DnsZone At(DnsName zone, IReadOnlyList<IPEndPoint> endpoints) =>
        At(zone, endpoints.Select(static (endpoint, index) => (FormattableString.Invariant($"server-{index + 1}.invalid"), endpoint)));

    private static DnsZone At(DnsName zone, IEnumerable<(string Name, IPEndPoint Endpoint)> servers) => new(
        zone,
        null,
        servers.Select(static server => new ZoneServer(DnsName.Parse(server.Name), [server.Endpoint])).ToList(),
        IsReferred: false,
        null);
}
