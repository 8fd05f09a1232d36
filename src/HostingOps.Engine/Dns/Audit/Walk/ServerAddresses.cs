using System.Net;

namespace HostingOps.Engine.Dns.Audit.Walk;

/// <summary>Where a name server is asked, or why that is not known (a clause whose subject is its name).</summary>
internal sealed record ServerAddresses(IReadOnlyList<IPEndPoint> Endpoints, string? Problem);
