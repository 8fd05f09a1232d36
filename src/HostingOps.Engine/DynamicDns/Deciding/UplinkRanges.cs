using System.Net;
using HostingOps.Engine.Inventory.Reading;

namespace HostingOps.Engine.DynamicDns.Deciding;

/// <summary>Which named line an address belongs to. Pure functions.</summary>
internal static class UplinkRanges
{
    /// <summary>The uplink, or null for the usual line, which needs no name.</summary>
    public static UplinkSettings? Find(IEnumerable<UplinkSettings> uplinks, string? address) =>
        address is not null && IPAddress.TryParse(address, out var parsed)
            ? uplinks.FirstOrDefault(uplink => uplink.Ranges.Any(range => TryParse(range) is { } network && Contains(network, parsed)))
            : null;

    /// <summary>A range, or a single address as a range of one; null when it is neither, or bits behind the prefix are set.</summary>
    public static IPNetwork? TryParse(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var written = slash < 0 ? text : text[..slash];
        if ((AddressSyntax.ReadIPv4(written) ?? AddressSyntax.ReadIPv6(written)) is not { } address)
        {
            return null;
        }

        if (slash < 0)
        {
            return new IPNetwork(address, address.GetAddressBytes().Length * 8);
        }

        // Newer runtimes take bits behind the prefix and drop them; whoever wrote them meant something else.
        return IPNetwork.TryParse(text, out var network) && network.BaseAddress.Equals(address) ? network : null;
    }

    /// <summary>Whether two ranges have an address in common.</summary>
    public static bool Overlap(IPNetwork one, IPNetwork other) => Contains(one, other.BaseAddress) || Contains(other, one.BaseAddress);

    private static bool Contains(IPNetwork network, IPAddress address) =>
        network.BaseAddress.AddressFamily == address.AddressFamily && network.Contains(address);
}
