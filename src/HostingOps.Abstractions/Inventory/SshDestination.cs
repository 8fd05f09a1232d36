using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace HostingOps;

/// <summary>Where ssh goes: <c>admin@198.51.100.99</c>, <c>admin@[2001:db8::1]:2222</c>, or a name of the user's ssh configuration.</summary>
/// <param name="User">The account, or null for ssh's own choice.</param>
/// <param name="Host">An address without brackets, or a name.</param>
/// <param name="Port">The port, or null for ssh's own choice.</param>
public sealed record SshDestination(string? User, string Host, int? Port)
{
    /// <summary>
    /// Reads <c>host</c>, <c>user@host</c> or <c>user@host:port</c>. Nothing that ssh could take for an option, and nothing a shell
    /// could take for more than a word, passes.
    /// </summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out SshDestination? destination)
    {
        destination = null;
        if (string.IsNullOrEmpty(text))
        {
            return false;
        }

        var at = text.IndexOf('@', StringComparison.Ordinal);
        var user = at < 0 ? null : text[..at];
        var rest = text[(at + 1)..];
        if (user is not null && !IsWord(user))
        {
            return false;
        }

        var (host, port) = rest switch
        {
            ['[', ..] when rest.IndexOf(']', StringComparison.Ordinal) is > 0 and var end => (rest[1..end], rest[(end + 1)..]),
            _ when rest.Count(static character => character == ':') > 1 => (rest, ""),
            _ when rest.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon => (rest[..colon], rest[colon..]),
            _ => (rest, ""),
        };
        var bracketed = rest is ['[', ..];
        int? number = null;
        if (port.Length > 0)
        {
            if (port is not [':', >= '1' and <= '9', ..]
                || !int.TryParse(port.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var parsed)
                || parsed > IPEndPoint.MaxPort)
            {
                return false;
            }

            number = parsed;
        }

        if (!(bracketed || host.Contains(':', StringComparison.Ordinal) ? IsIPv6(host) : IsWord(host)))
        {
            return false;
        }

        destination = new SshDestination(user, host, number);
        return true;
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        var host = Host.Contains(':', StringComparison.Ordinal) && Port is not null ? $"[{Host}]" : Host;
        return (User is null ? "" : User + "@") + host
            + (Port is { } port ? ":" + port.ToString(CultureInfo.InvariantCulture) : "");
    }

    private static bool IsWord(string text) =>
        text.Length is > 0 and <= 253
        && text[0] != '-'
        && text.All(static character => char.IsAsciiLetterOrDigit(character) || character is '.' or '_' or '-');

    private static bool IsIPv6(string text) =>
        text.All(static character => char.IsAsciiHexDigit(character) || character is ':' or '.')
        && IPAddress.TryParse(text, out var address)
        && address.AddressFamily == AddressFamily.InterNetworkV6;
}
