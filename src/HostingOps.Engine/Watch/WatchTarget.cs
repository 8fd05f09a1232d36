namespace HostingOps.Engine.Watch;

/// <summary>A site on one of its hosts, as it is watched.</summary>
/// <param name="Site">The site.</param>
/// <param name="Host">The host, always pinned by its address.</param>
/// <param name="Role">What the host is to the site, by Route 53.</param>
internal sealed record WatchTarget(HostedSite Site, SiteHost Host, WatchRole Role);
