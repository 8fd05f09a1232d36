using System.Net;
using HostingOps.Engine.Dns.Wire;

namespace HostingOps.Engine.Dns.Audit.Walk;

/// <summary>A name server as the zone above names it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Glue">The addresses that came with the name; empty when they are to be looked up.</param>
/// <param name="NeedsGlue">Whether it lies in the very zone that it serves, so that only the zone above can tell its address.</param>
internal sealed record ZoneServer(DnsName Name, IReadOnlyList<IPEndPoint> Glue, bool NeedsGlue = false);
