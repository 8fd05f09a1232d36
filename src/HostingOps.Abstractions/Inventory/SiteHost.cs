namespace HostingOps;

/// <summary>A server that sites live on.</summary>
public sealed record SiteHost
{
    /// <summary>Name in the inventory, for example <c>do-1</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The provider it is rented from. A site's two hosts never share one.</summary>
    public required string Provider { get; init; }

    /// <summary>IPv4 address for A records, or null.</summary>
    public string? Address { get; init; }

    /// <summary>IPv6 address for AAAA records, or null.</summary>
    public string? AddressV6 { get; init; }

    /// <summary>Name for a CNAME record, instead of addresses, or null.</summary>
    public string? Cname { get; init; }

    /// <summary>ssh destination for hooks, <c>user@host</c>, or null.</summary>
    public string? Ssh { get; init; }

    /// <summary>Id of the Route 53 health check that looks at this host, or null.</summary>
    public string? HealthCheck { get; init; }

    /// <summary>
    /// Where probes connect instead of the public address, by the port they would have used:
    /// <c>443 -> 127.0.0.1:8443</c>. For rehearsal, tunnels and NAT. Empty means nowhere else.
    /// DNS records never hold it.
    /// </summary>
    public IReadOnlyDictionary<int, string> ConnectTo
    {
        get => connectTo;
        init => connectTo = new PortMap(value);
    }

    private readonly PortMap connectTo = new(new Dictionary<int, string>());

    /// <inheritdoc/>
    public override string ToString() => Name;
}
