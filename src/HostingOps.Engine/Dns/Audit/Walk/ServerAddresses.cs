using System.Net;

namespace HostingOps.Engine.Dns.Audit.Walk;

/// <summary>Where a name server is asked, or why that is not known (a clause whose subject is its name).</summary>
/// <param name="Endpoints">Where.</param>
/// <param name="Problem">Why there is nowhere, or null.</param>
/// <param name="IsSure">Whether there is no address for sure; false when somebody on the way to it did not answer.</param>
internal sealed record ServerAddresses(IReadOnlyList<IPEndPoint> Endpoints, string? Problem, bool IsSure = true);
