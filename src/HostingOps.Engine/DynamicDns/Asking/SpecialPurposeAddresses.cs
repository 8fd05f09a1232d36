using System.Net;
using System.Net.Sockets;

namespace HostingOps.Engine.DynamicDns.Asking;

/// <summary>
/// Addresses that no machine has on the public internet: the IANA IPv4 and IPv6 Special-Purpose Address Registries (RFC 6890
/// and its updates), multicast, and what is not allocated as global unicast. A pure function.
/// </summary>
internal static class SpecialPurposeAddresses
{
    // In the order of the registries; the first that fits names the reason.
    private static readonly (IPNetwork Range, string What)[] Ranges =
    [
        .. new (string Range, string What)[]
        {
            ("0.0.0.0/8", "an address of this network (RFC 791)"),
            ("10.0.0.0/8", "a private address (RFC 1918)"),
            ("100.64.0.0/10", "a shared address behind carrier NAT (RFC 6598)"),
            ("127.0.0.0/8", "a loopback address (RFC 1122)"),
            ("169.254.0.0/16", "a link-local address (RFC 3927)"),
            ("172.16.0.0/12", "a private address (RFC 1918)"),
            ("192.0.0.0/24", "an address of IETF protocols (RFC 6890)"),
            ("192.0.2.0/24", "a documentation address (RFC 5737)"),
            ("192.31.196.0/24", "an AS112 address (RFC 7535)"),
            ("192.52.193.0/24", "an AMT address (RFC 7450)"),
            ("192.88.99.0/24", "a 6to4 relay's address (RFC 7526)"),
            ("192.168.0.0/16", "a private address (RFC 1918)"),
            ("192.175.48.0/24", "an AS112 address (RFC 7534)"),
            ("198.18.0.0/15", "a benchmarking address (RFC 2544)"),
            ("198.51.100.0/24", "a documentation address (RFC 5737)"),
            ("203.0.113.0/24", "a documentation address (RFC 5737)"),
            ("224.0.0.0/4", "a multicast address (RFC 5771)"),
            ("255.255.255.255/32", "the broadcast address (RFC 919)"),
            ("240.0.0.0/4", "a reserved address (RFC 1112)"),
            ("::/128", "the unspecified address (RFC 4291)"),
            ("::1/128", "the loopback address (RFC 4291)"),
            ("64:ff9b::/96", "a NAT64 address (RFC 6052)"),
            ("64:ff9b:1::/48", "a NAT64 address (RFC 8215)"),
            ("100::/64", "a discard address (RFC 6666)"),
            ("100:0:0:1::/64", "a dummy address (RFC 9780)"),
            ("2001::/32", "a Teredo address (RFC 4380)"),
            ("2001:2::/48", "a benchmarking address (RFC 5180)"),
            ("2001:10::/28", "an ORCHID (RFC 4843)"),
            ("2001:20::/28", "an ORCHID (RFC 7343)"),
            ("2001::/23", "an address of IETF protocols (RFC 2928)"),
            ("2001:db8::/32", "a documentation address (RFC 3849)"),
            ("2002::/16", "a 6to4 address (RFC 3056)"),
            ("2620:4f:8000::/48", "an AS112 address (RFC 7534)"),
            ("3ffe::/16", "a 6bone address (RFC 3701)"),
            ("3fff::/20", "a documentation address (RFC 9637)"),
            ("5f00::/16", "a segment routing address (RFC 9602)"),
            ("fc00::/7", "a private (unique local) address (RFC 4193)"),
            ("fe80::/10", "a link-local address (RFC 4291)"),
            ("fec0::/10", "a site-local address (RFC 3879)"),
            ("ff00::/8", "a multicast address (RFC 4291)"),
        }.Select(static entry => (IPNetwork.Parse(entry.Range), entry.What)),
    ];

    private static readonly IPNetwork GlobalUnicast = IPNetwork.Parse("2000::/3");

    /// <summary>What the address is instead of a public one, or null when it can be one.</summary>
    public static string? Describe(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            return "an IPv4 address written as IPv6 (RFC 4291)";
        }

        foreach (var (range, what) in Ranges)
        {
            if (range.BaseAddress.AddressFamily == address.AddressFamily && range.Contains(address))
            {
                return what;
            }
        }

        return address.AddressFamily == AddressFamily.InterNetworkV6 && !GlobalUnicast.Contains(address)
            ? "outside the global unicast addresses 2000::/3 (RFC 4291)"
            : null;
    }
}
