namespace HostingOps.Engine.Failover;

/// <summary>A site that failed over, or would.</summary>
/// <param name="SiteName">The site.</param>
/// <param name="Provider">The provider that it leaves, or null when that is not known.</param>
internal sealed record SiteMove(string SiteName, string? Provider);
