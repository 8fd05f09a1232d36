namespace HostingOps.Engine.Dns.Audit.Walk;

/// <summary>Where the way down to a name ended.</summary>
/// <param name="Zone">The deepest zone on it.</param>
/// <param name="IsMissing">Whether that zone says that the name does not exist.</param>
/// <param name="Problem">Why the way ended too early, as a sentence without its end, or null.</param>
/// <param name="From">Who said so.</param>
internal sealed record WalkResult(DnsZone Zone, bool IsMissing = false, string? Problem = null, string? From = null);
