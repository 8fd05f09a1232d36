using System.Net;

namespace HostingOps.Engine.Dns.Audit.Looking;

/// <summary>A public resolver to ask.</summary>
/// <param name="Text">It in words: as it was given, and its address when that is another.</param>
/// <param name="Endpoint">Where it is asked, or null.</param>
/// <param name="Problem">Why that is not known, as a clause whose subject is the resolver, or null.</param>
internal sealed record PublicResolver(string Text, IPEndPoint? Endpoint, string? Problem);
