using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace HostingOps.Engine.Health;

/// <summary>Where a probe's connections lead: to a host's pinned address whatever the name, or to wherever the name resolves.</summary>
internal sealed class ProbeRoute
{
    private readonly SiteHost? host;
    private readonly IPAddress? pinned;
    private readonly IAddressResolver resolver;

    private ProbeRoute(SiteHost? host, IPAddress? pinned, IAddressResolver resolver)
    {
        this.host = host;
        this.pinned = pinned;
        this.resolver = resolver;
    }

    /// <summary>The routes to probe: one, or IPv4 and then IPv6 for a pinned host that has both.</summary>
    /// <param name="host">The host, or null for the public name.</param>
    /// <param name="port">The port of the check, which decides whether <see cref="SiteHost.ConnectTo"/> stands in for the addresses.</param>
    /// <param name="resolver">For the public name and for hosts known by a CNAME.</param>
    /// <exception cref="ProbeFailedException">Status Unknown: the host has no address that can be used.</exception>
    public static IReadOnlyList<ProbeRoute> For(SiteHost? host, int port, IAddressResolver resolver)
    {
        if (host is null)
        {
            return [new ProbeRoute(null, null, resolver)];
        }

        var v4 = Parse(host, host.Address);
        var v6 = Parse(host, host.AddressV6);
        if (host.ConnectTo.ContainsKey(port))
        {
            // Both families would lead to the same place.
            return [new ProbeRoute(host, v4 ?? v6, resolver)];
        }

        return (v4, v6) switch
        {
            (not null, not null) => [new ProbeRoute(host, v4, resolver), new ProbeRoute(host, v6, resolver)],
            (null, null) when host.Cname is null =>
                throw new ProbeFailedException(new ProbeFailure(SiteStatus.Unknown, ProbePhase.Resolve, $"host {host.Name} has no address to probe")),
            _ => [new ProbeRoute(host, v4 ?? v6, resolver)],
        };
    }

    /// <summary>Whether every connection leads to one host, whatever the name.</summary>
    public bool LeadsToHost => host is not null;

    /// <summary>The pinned address, or null.</summary>
    public IPAddress? Pinned => pinned;

    /// <summary>The name to look up for a connection to that port, or null when its address is given.</summary>
    public string? NameToResolve(string serverName, int port) => Destination(serverName, port).Name;

    /// <summary>The one endpoint, when no name has to be looked up for it; else null.</summary>
    /// <exception cref="ProbeFailedException">Status Unknown: an address of the inventory can't be read.</exception>
    public IPEndPoint? AddressFor(string serverName, int port) =>
        Destination(serverName, port) is ({ } address, _, var destinationPort) ? new IPEndPoint(address, destinationPort) : null;

    /// <summary>The endpoints to try, in order; never empty.</summary>
    /// <exception cref="SocketException">The lookup failed.</exception>
    /// <exception cref="ProbeFailedException">Status Unknown: an address of the inventory can't be read.</exception>
    public async ValueTask<IReadOnlyList<IPEndPoint>> FindAsync(string serverName, int port, CancellationToken cancellationToken)
    {
        var (address, name, destinationPort) = Destination(serverName, port);
        if (address is not null)
        {
            return [new IPEndPoint(address, destinationPort)];
        }

        var addresses = await resolver.ResolveAsync(name!, cancellationToken).ConfigureAwait(false);
        return addresses.Count > 0
            ? addresses.Select(found => new IPEndPoint(found, destinationPort)).ToList()
            : throw new SocketException((int)SocketError.NoData);
    }

    /// <summary>Either an address or a name, and the port there.</summary>
    private (IPAddress? Address, string? Name, int Port) Destination(string serverName, int port) =>
        host is not null && host.ConnectTo.TryGetValue(port, out var other) ? ParseConnectTo(host, other, port)
        : pinned is not null ? (pinned, null, port)
        : (null, host?.Cname?.TrimEnd('.') ?? serverName, port);

    private static IPAddress? Parse(SiteHost host, string? text) =>
        text is null ? null
        : IPAddress.TryParse(text, out var address) ? address
        : throw new ProbeFailedException(new ProbeFailure(SiteStatus.Unknown, ProbePhase.Resolve, $"host {host.Name} has an address that can't be read: {text}"));

    private static (IPAddress? Address, string? Name, int Port) ParseConnectTo(SiteHost host, string text, int port)
    {
        // IPEndPoint gives port 0 for an address alone.
        if (IPEndPoint.TryParse(text, out var endpoint))
        {
            return (endpoint.Address, null, endpoint.Port == 0 ? port : endpoint.Port);
        }

        var colon = text.LastIndexOf(':');
        var name = colon < 0 ? text : text[..colon];
        var readable = colon < 0
            || (int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out port) && port is >= 1 and <= 65535);
        return readable && name.Length > 0
            ? (null, name, port)
            : throw new ProbeFailedException(new ProbeFailure(
                SiteStatus.Unknown, ProbePhase.Resolve, $"host {host.Name} has a connectTo that can't be read: {text}"));
    }
}
