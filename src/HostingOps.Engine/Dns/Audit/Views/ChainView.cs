using System.Net;
using HostingOps.Engine.Dns.Wire;

namespace HostingOps.Engine.Dns.Audit.Views;

/// <summary>Where CNAME records lead from a name, each asked of the servers of its own zone.</summary>
internal sealed record ChainView
{
    /// <summary>Each name with its TTL and who told it; the first is the name itself.</summary>
    public IReadOnlyList<ChainHop> Hops { get; init; } = [];

    /// <summary>The addresses at the end.</summary>
    public IReadOnlyList<IPAddress> Addresses { get; init; } = [];

    /// <summary>How it ended.</summary>
    public required ChainEnd End { get; init; }

    /// <summary>Why the end is not known, or null.</summary>
    public string? Problem { get; init; }

    /// <summary>Whether it leads over a name.</summary>
    public bool LeadsOver(DnsName name) => Hops.Any(hop => hop.Name.Equals(name));
}
