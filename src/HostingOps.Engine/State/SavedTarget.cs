using HostingOps.Engine.Watch;
using HostingOps.Engine.Watch.Verdicts;

namespace HostingOps.Engine.State;

/// <summary>A target as the state database has it.</summary>
/// <param name="SiteName">The site.</param>
/// <param name="HostName">The host.</param>
/// <param name="Role">What the host was to the site.</param>
/// <param name="Verdict">The verdict with its counts.</param>
/// <param name="Last">The last check that was saved, or null.</param>
/// <param name="SavedAt">When it was saved (UTC).</param>
/// <param name="LeadsTo">Where the host's name led then, as <see cref="HostDestination"/> says it; null when it was not kept.</param>
internal sealed record SavedTarget(
    string SiteName, string HostName, WatchRole Role, TargetVerdict Verdict, SiteHealth? Last, DateTimeOffset SavedAt, string? LeadsTo)
{
    /// <summary>Whether it was seen of the machine that this host's name leads to now.</summary>
    public bool IsOf(SiteHost host) => LeadsTo is null || LeadsTo == HostDestination.Of(host);
}
