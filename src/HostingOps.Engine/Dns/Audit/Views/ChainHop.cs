using HostingOps.Engine.Dns.Wire;

namespace HostingOps.Engine.Dns.Audit.Views;

/// <summary>One name of a chain.</summary>
/// <param name="Name">The name.</param>
/// <param name="Zone">The zone that it belongs to, or null when that is not known.</param>
/// <param name="Ttl">The TTL of its CNAME or addresses in seconds; 0 when it has none.</param>
/// <param name="From">Who told it.</param>
internal sealed record ChainHop(DnsName Name, DnsName? Zone, uint Ttl, string From);
