using System.Net;
using System.Net.Sockets;
using HostingOps.Engine.DynamicDns.Asking;

namespace HostingOps.Engine.Mirror.Crawling;

/// <summary>
/// Keeps a name that others control from leading into this machine's own network (server-side request forgery). A pure function over the
/// very address that is connected to, so a name cannot change its mind in between.
/// </summary>
/// <param name="originIsPrivate">Whether the site's own host is in a private network: in a rehearsal everything is.</param>
internal sealed class AddressGuard(bool originIsPrivate)
{
    private static readonly IPNetwork LinkLocal4 = IPNetwork.Parse("169.254.0.0/16");

    private static readonly IPNetwork[] Private =
        [.. new[] { "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "::1/128", "fc00::/7" }.Select(IPNetwork.Parse)];

    /// <summary>Why an address is refused, or null.</summary>
    public string? Refuse(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

        // Clouds give away an instance's credentials there, in a rehearsal too.
        if (plain.IsIPv6LinkLocal || (plain.AddressFamily == AddressFamily.InterNetwork && LinkLocal4.Contains(plain)))
        {
            return SpecialPurposeAddresses.Describe(plain);
        }

        return originIsPrivate && IsPrivate(plain) ? null : SpecialPurposeAddresses.Describe(plain);
    }

    /// <summary>Whether an address is of a private network or of this machine.</summary>
    public static bool IsPrivate(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return Array.Exists(Private, network => network.BaseAddress.AddressFamily == plain.AddressFamily && network.Contains(plain));
    }
}
