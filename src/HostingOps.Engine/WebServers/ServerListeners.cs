using System.Net;

namespace HostingOps.Engine.WebServers;

/// <summary>Where the redirector listens. Other than the usual ports only where it is rehearsed or tested.</summary>
/// <param name="Http">For http.</param>
/// <param name="Https">For https.</param>
public sealed record ServerListeners(IReadOnlyList<IPEndPoint> Http, IReadOnlyList<IPEndPoint> Https)
{
    /// <summary>Ports 80 and 443 on all addresses.</summary>
    /// <param name="ipv6">Whether on IPv6 too.</param>
    public static ServerListeners Public(bool ipv6) => new(All(80, ipv6), All(443, ipv6));

    /// <summary>Ports on the loopback addresses.</summary>
    /// <param name="http">The port for http.</param>
    /// <param name="https">The port for https.</param>
    /// <param name="ipv6">Whether on IPv6 too.</param>
    public static ServerListeners Loopback(int http, int https, bool ipv6) => new(Local(http, ipv6), Local(https, ipv6));

    private static IPEndPoint[] All(int port, bool ipv6) =>
        ipv6 ? [new(IPAddress.Any, port), new(IPAddress.IPv6Any, port)] : [new(IPAddress.Any, port)];

    private static IPEndPoint[] Local(int port, bool ipv6) =>
        ipv6 ? [new(IPAddress.Loopback, port), new(IPAddress.IPv6Loopback, port)] : [new(IPAddress.Loopback, port)];
}
