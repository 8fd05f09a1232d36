using System.Net;
using System.Net.Sockets;

namespace HostingOps.Engine.Health;

/// <summary>Whether this machine could reach an address at all, judged by its own routes; nothing is sent.</summary>
internal static class LocalRoute
{
    /// <summary>The address this machine would send from, or null when it has no route or lacks the address family.</summary>
    public static IPAddress? SourceFor(IPAddress destination)
    {
        try
        {
            // Connecting a datagram socket only asks the routing table.
            using var socket = new Socket(destination.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            socket.Connect(new IPEndPoint(destination, 9));
            return (socket.LocalEndPoint as IPEndPoint)?.Address;
        }
        catch (SocketException)
        {
            // Every error here (no route, no such family, no address to send from) is the answer "no".
            return null;
        }
    }

    /// <summary>Whether there is a route to the address.</summary>
    public static bool Exists(IPAddress destination) => SourceFor(destination) is not null;

    /// <summary>
    /// Whether the source can't be expected to reach the destination: a global IPv6 address from a machine that has only
    /// local ones (RFC 4193, RFC 4291 §2.5.6).
    /// </summary>
    public static bool IsTooLocal(IPAddress? source, IPAddress destination) =>
        source is not null && IsGlobalV6(destination) && source.AddressFamily == AddressFamily.InterNetworkV6 && !IsGlobalV6(source);

    // Global unicast is 2000::/3 (RFC 4291 §2.4).
    private static bool IsGlobalV6(IPAddress address) =>
        address is { AddressFamily: AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: false } && (address.GetAddressBytes()[0] & 0xE0) == 0x20;
}
