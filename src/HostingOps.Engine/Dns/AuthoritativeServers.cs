using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace HostingOps.Engine.Dns;

/// <summary>Finds whom to ask about a zone.</summary>
public static class AuthoritativeServers
{
    private const int DnsPort = 53;

    /// <summary>
    /// The inventory's own name servers when it names any, else those of the zone, resolved through the system's resolver.
    /// IPv4 addresses come first: a machine without an IPv6 route is more common than the reverse.
    /// </summary>
    /// <param name="inventory">Its NameServers are <c>address</c> or <c>address:port</c>, IPv6 with port as <c>[address]:port</c>.</param>
    /// <param name="zoneNameServers">Names from the hosted zone's delegation set or NS record, with or without trailing dot.</param>
    /// <param name="cancellationToken">Ends the resolving.</param>
    /// <returns>One entry a server, those that could not be resolved included.</returns>
    /// <exception cref="HostingException">InvalidArgument for an unreadable override; DnsQueryFailed when there are no servers or none can be resolved.</exception>
    public static Task<IReadOnlyList<AuthoritativeServer>> FindAsync(
        HostingInventory inventory, IReadOnlyList<string> zoneNameServers, CancellationToken cancellationToken) =>
        FindAsync(inventory, zoneNameServers, System.Net.Dns.GetHostAddressesAsync, cancellationToken);

    internal static async Task<IReadOnlyList<AuthoritativeServer>> FindAsync(
        HostingInventory inventory,
        IReadOnlyList<string> zoneNameServers,
        Func<string, CancellationToken, Task<IPAddress[]>> resolve,
        CancellationToken cancellationToken)
    {
        if (inventory.NameServers.Count > 0)
        {
            return inventory.NameServers
                .Select(static text => new AuthoritativeServer { Name = text, Endpoints = [ParseEndpoint(text)] })
                .ToList();
        }

        var names = zoneNameServers.Select(static name => name.TrimEnd('.')).Distinct(StringComparer.OrdinalIgnoreCase);
        var servers = await Task.WhenAll(names.Select(name => ResolveAsync(name, resolve, cancellationToken))).ConfigureAwait(false);
        if (servers.All(static server => server.Endpoints.Count == 0))
        {
            var seen = servers.Length == 0
                ? "it has no NS names"
                : string.Join("; ", servers.Select(static server => $"{server.Name}: {server.Problem}"));
            throw new HostingException(
                ErrorIds.DnsQueryFailed,
                HostingErrorCategory.ConnectionError,
                inventory.Zone,
                $"No name server of the zone '{inventory.Zone}' could be found: {seen}.",
                "Check this machine's own DNS, or name the servers' addresses under nameServers in the inventory.");
        }

        return servers;
    }

    /// <summary>Reads <c>address</c>, <c>address:port</c> or <c>[address]:port</c>; the port is 53 unless given.</summary>
    /// <exception cref="HostingException">InvalidArgument.</exception>
    public static IPEndPoint ParseEndpoint(string text)
    {
        // A bare IPv6 address ends in something that looks like a port, so it is tried as an address first.
        if (TryParseAddress(text, out var address))
        {
            return new IPEndPoint(address, DnsPort);
        }

        var colon = text.LastIndexOf(':');
        if (colon > 0
            && ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            && port > 0
            && TryParseAddress(text[..colon], out address)
            && (address.AddressFamily == AddressFamily.InterNetwork || text[0] == '['))
        {
            return new IPEndPoint(address, port);
        }

        throw new HostingException(
            ErrorIds.InvalidArgument,
            HostingErrorCategory.InvalidArgument,
            text,
            $"'{text}' is no name server: expected an IP address with or without a port, such as 192.0.2.53, 127.0.0.1:5300 or [2001:db8::53]:53.",
            "Correct nameServers in the inventory.");
    }

    private static bool TryParseAddress(string text, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out IPAddress? address)
    {
        var bracketed = text.StartsWith('[') && text.EndsWith(']');
        var inner = bracketed ? text[1..^1] : text;
        address = null;

        // IPAddress.TryParse takes brackets, a port behind them, and "1" for 0.0.0.1.
        return inner.IndexOfAny(['[', ']']) < 0
            && (inner.Contains(':') || (!bracketed && inner.Split('.').Length == 4))
            && IPAddress.TryParse(inner, out address);
    }

    private static async Task<AuthoritativeServer> ResolveAsync(
        string name, Func<string, CancellationToken, Task<IPAddress[]>> resolve, CancellationToken cancellationToken)
    {
        try
        {
            var addresses = await resolve(name, cancellationToken).ConfigureAwait(false);
            return new AuthoritativeServer
            {
                Name = name,
                Endpoints = addresses
                    .OrderBy(static address => address.AddressFamily == AddressFamily.InterNetwork ? 0 : 1)
                    .Select(static address => new IPEndPoint(address, DnsPort))
                    .ToList(),
                Problem = addresses.Length == 0 ? "it has no address" : null,
            };
        }
        catch (SocketException exception)
        {
            return new AuthoritativeServer { Name = name, Endpoints = [], Problem = exception.Message };
        }
    }
}
