using System.Globalization;
using System.Net;
using System.Net.Sockets;
using HostingOps.Engine.Dns.Audit.Walk;
using HostingOps.Engine.Inventory.Reading;

namespace HostingOps.Engine.Dns.Audit.Looking;

/// <summary>Reads the resolvers that are to be asked, and finds those that are given by name.</summary>
internal static class PublicResolvers
{
    private const int DnsPort = 53;

    /// <summary>Whether a text is an address or a name, with or without a port.</summary>
    public static bool IsOne(string text) => AddressSyntax.IsEndpoint(text, allowName: true, portOptional: true) || IsName(text);

    /// <summary>Finds all of them; one that can't be found says so, and hinders no other.</summary>
    /// <param name="texts">The resolvers.</param>
    /// <param name="resolve">Finds the addresses of a name.</param>
    /// <param name="cancellationToken">Ends the looking up.</param>
    /// <exception cref="HostingException">InvalidArgument: a text that is neither an address nor a name.</exception>
    public static async Task<IReadOnlyList<PublicResolver>> FindAsync(
        IReadOnlyList<string> texts, Func<string, CancellationToken, Task<IPAddress[]>> resolve, CancellationToken cancellationToken)
    {
        if (texts.FirstOrDefault(static text => !IsOne(text)) is { } wrong)
        {
            throw new HostingException(
                ErrorIds.InvalidArgument,
                HostingErrorCategory.InvalidArgument,
                wrong,
                $"'{wrong}' is no resolver: an IP address or a host name was expected, with or without a port.",
                "Write, for example, 1.1.1.1, dns.example or [2001:db8::53]:53.");
        }

        return await Task.WhenAll(texts.Distinct(StringComparer.OrdinalIgnoreCase).Select(text => FindAsync(text, resolve, cancellationToken))).ConfigureAwait(false);
    }

    private static async Task<PublicResolver> FindAsync(string text, Func<string, CancellationToken, Task<IPAddress[]>> resolve, CancellationToken cancellationToken)
    {
        if (AddressSyntax.IsEndpoint(text, allowName: false, portOptional: true))
        {
            return new PublicResolver(text, AuthoritativeServers.ParseEndpoint(text), null);
        }

        var colon = text.LastIndexOf(':');
        var name = colon < 0 ? text : text[..colon];
        var port = colon < 0 ? DnsPort : int.Parse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture);
        try
        {
            var addresses = Referral.Prefer(await resolve(name, cancellationToken).ConfigureAwait(false), port);
            return addresses.Count == 0
                ? new PublicResolver(text, null, "has no address")
                : new PublicResolver($"{name} ({(port == DnsPort ? addresses[0].Address : addresses[0])})", addresses[0], null);
        }
        catch (SocketException exception)
        {
            return new PublicResolver(text, null, $"can't be found: {exception.Message.TrimEnd('.')}");
        }
    }

    private static bool IsName(string text) =>
        text.Length is > 0 and <= 253
        && !AddressSyntax.LooksLikeIPv4(text)
        && DomainSyntax.ProblemOf(text.TrimEnd('.').ToLowerInvariant().Split('.'), allowUnderscore: true) is null;
}
