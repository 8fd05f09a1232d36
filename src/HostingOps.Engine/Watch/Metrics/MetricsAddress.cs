using System.Globalization;
using System.Net;

namespace HostingOps.Engine.Watch.Metrics;

/// <summary>Where the watcher listens for <c>/metrics</c> and <c>/status</c>.</summary>
/// <param name="Address">The address; 0.0.0.0 and [::] mean all.</param>
/// <param name="Port">The port; 0 means one that is free.</param>
internal sealed record MetricsAddress(IPAddress Address, int Port)
{
    /// <summary>Loopback, on the port that OpenTelemetry's Prometheus exporters have made usual.</summary>
    public static MetricsAddress Default { get; } = new(IPAddress.Loopback, 9464);

    /// <summary>Whether other machines can reach it.</summary>
    public bool IsLoopback => IPAddress.IsLoopback(Address);

    /// <summary>Whether it means all addresses.</summary>
    public bool IsAny => Address.Equals(IPAddress.Any) || Address.Equals(IPAddress.IPv6Any);

    /// <summary>Reads <c>127.0.0.1:9464</c>, <c>[::1]:9464</c>, <c>localhost:9464</c> or a port alone, which is on loopback.</summary>
    /// <exception cref="HostingException">InvalidArgument.</exception>
    public static MetricsAddress Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var colon = text.LastIndexOf(':');
        var (host, port) = colon < 0 ? ("127.0.0.1", text) : (text[..colon], text[(colon + 1)..]);
        if (host.Equals("localhost", StringComparison.OrdinalIgnoreCase))
        {
            host = "127.0.0.1";
        }

        // Without brackets the last group of an IPv6 address would be taken for a port.
        var bracketed = host.StartsWith('[') && host.EndsWith(']');
        return IPAddress.TryParse(bracketed ? host[1..^1] : host, out var address)
            && bracketed == (address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6)
            && (bracketed || host.Count(static letter => letter == '.') == 3)
            && int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= IPEndPoint.MaxPort
            ? new MetricsAddress(address, number)
            : throw new HostingException(
                ErrorIds.InvalidArgument,
                HostingErrorCategory.InvalidArgument,
                text,
                $"'{text}' is no address to listen on; an IP address and a port were expected, for example 127.0.0.1:9464 or [::1]:9464.",
                "Other machines reach it only at an address of this machine that is named, or at 0.0.0.0.");
    }

    /// <inheritdoc/>
    public override string ToString() => new IPEndPoint(Address, Port).ToString();
}
