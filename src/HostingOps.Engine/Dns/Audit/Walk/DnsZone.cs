using HostingOps.Engine.Dns.Wire;

namespace HostingOps.Engine.Dns.Audit.Walk;

/// <summary>A zone and whom to ask about it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Parent">The zone above; null for those that a walk begins with.</param>
/// <param name="Servers">Its name servers, as the zone above names them where that is known.</param>
/// <param name="IsReferred">Whether the zone above named them; false when its server answered for this zone too, or the inventory named them.</param>
/// <param name="ToldBy">The server that named them, or null.</param>
internal sealed record DnsZone(DnsName Name, DnsZone? Parent, IReadOnlyList<ZoneServer> Servers, bool IsReferred, string? ToldBy);
