using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace HostingOps.Engine.Inventory.Reading;

/// <summary>IP addresses and endpoints, read more strictly than <see cref="IPAddress"/> does, which takes <c>1</c> and <c>0x7f.1</c>.</summary>
internal static class AddressSyntax
{
    /// <summary>Four decimal numbers, no leading zeros.</summary>
    public static IPAddress? ReadIPv4(string text)
    {
        var parts = text.Split('.');
        return parts.Length == 4 && parts.All(IsOctet) ? IPAddress.Parse(text) : null;
    }

    /// <summary>An IPv6 address without brackets, zone or embedded IPv4 mapping.</summary>
    public static IPAddress? ReadIPv6(string text) =>
        text.Contains(':', StringComparison.Ordinal)
        && text.AsSpan().IndexOfAny("%[]/") < 0
        && IPAddress.TryParse(text, out var address)
        && address is { AddressFamily: AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: false }
            ? address
            : null;

    /// <summary>Whether it is meant as an IPv4 address: digits and dots only.</summary>
    public static bool LooksLikeIPv4(string text) => text.Length > 0 && text.AsSpan().IndexOfAnyExcept("0123456789.") < 0;

    /// <summary>Why no host can have the address, or null.</summary>
    public static string? Unusable(IPAddress address)
    {
        if (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any))
        {
            return "is the unspecified address";
        }

        var bytes = address.GetAddressBytes();
        return bytes switch
        {
            [255, 255, 255, 255] => "is the broadcast address",
            [>= 224 and <= 239, _, _, _] => "is a multicast address",
            [0, _, _, _] or [>= 240, _, _, _] => "is a reserved address",
            _ when address.IsIPv6Multicast => "is a multicast address",
            _ => null,
        };
    }

    /// <summary>
    /// Why visitors cannot reach it (RFC 1918, RFC 6598, RFC 3927, RFC 4193, RFC 4291), or null. Loopback and documentation
    /// addresses pass: rehearsals use them.
    /// </summary>
    public static string? NotPublic(IPAddress address) => address.GetAddressBytes() switch
    {
        [10, _, _, _] or [172, >= 16 and <= 31, _, _] or [192, 168, _, _] => "is a private address",
        [100, >= 64 and <= 127, _, _] => "is a shared (carrier NAT) address",
        [169, 254, _, _] => "is a link-local address",
        [0xFC or 0xFD, _, _, _, _, ..] => "is a private (unique local) address",
        [0xFE, >= 0x80 and <= 0xBF, _, _, _, ..] => "is a link-local address",
        _ => null,
    };

    /// <summary>Whether it is <c>address:port</c> or <c>[v6]:port</c>; a host name too when allowed, and no port when it may be left out.</summary>
    public static bool IsEndpoint(string text, bool allowName, bool portOptional)
    {
        if (portOptional && (ReadIPv4(text) ?? ReadIPv6(text)) is not null)
        {
            return true;
        }

        var colon = text.LastIndexOf(':');
        if (colon < 1 || !IsPort(text[(colon + 1)..]))
        {
            return false;
        }

        var host = text[..colon];
        return host is ['[', .., ']']
            ? ReadIPv6(host[1..^1]) is not null
            : ReadIPv4(host) is not null
                || (allowName && !LooksLikeIPv4(host) && host.ToLowerInvariant().Split('.').All(static label => DomainSyntax.ProblemOf(label, allowUnderscore: true) is null));
    }

    /// <summary>Whether it is an absolute http or https address with a host.</summary>
    public static bool IsWebAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.Host.Length > 0 && !text.Any(char.IsWhiteSpace);

    /// <summary>1 to 65535, no leading zeros.</summary>
    public static bool IsPort(string text) =>
        text is [>= '1' and <= '9', ..]
        && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port)
        && port <= ushort.MaxValue;

    private static bool IsOctet(string text) =>
        text.Length is >= 1 and <= 3
        && text.All(char.IsAsciiDigit)
        && (text.Length == 1 || text[0] != '0')
        && int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture) <= 255;
}
