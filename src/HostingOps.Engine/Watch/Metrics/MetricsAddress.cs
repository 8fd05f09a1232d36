using System.Globalization;
using System.Net;

namespace HostingOps.Engine.Watch.Metrics;

/// <summary>Where the watcher listens for <c>/metrics</c> and <c>/status</c>.</summary>
/// <param name="Address">The IPv4 address; 0.0.0.0 means all.</param>
/// <param name="Port">The port; 0 means one that is free.</param>
internal sealed record MetricsAddress(IPAddress Address, int Port)
{
    /// <summary>Loopback, on the port that OpenTelemetry's Prometheus exporters have made usual.</summary>
    public static MetricsAddress Default { get; } = new(IPAddress.Loopback, 9464);

    /// <summary>Whether other machines can reach it.</summary>
    public bool IsLoopback => IPAddress.IsLoopback(Address);

    /// <summary>Whether it means all addresses.</summary>
    public bool IsAny => Address.Equals(IPAddress.Any);

    /// <summary>
    /// Reads <c>127.0.0.1:9464</c>, <c>localhost:9464</c> or a port alone, which is on loopback. .NET's HttpListener takes no IPv6
    /// address off Windows; through the name localhost it answers at ::1 too.
    /// </summary>
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

        return host.Count(static letter => letter == '.') == 3
            && IPAddress.TryParse(host, out var address)
            && int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= IPEndPoint.MaxPort
            ? new MetricsAddress(address, number)
            : throw new HostingException(
                ErrorIds.InvalidArgument,
                HostingErrorCategory.InvalidArgument,
                text,
                $"'{text}' is no address to listen on; an IPv4 address and a port were expected, for example 127.0.0.1:9464.",
                "localhost answers at ::1 too. Other machines reach it only at an address of this machine that is named, or at 0.0.0.0.");
    }

    /// <inheritdoc/>
    public override string ToString() => new IPEndPoint(Address, Port).ToString();
}
