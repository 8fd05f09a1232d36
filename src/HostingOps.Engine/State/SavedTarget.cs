using HostingOps.Engine.Watch.Verdicts;

namespace HostingOps.Engine.State;

/// <summary>A target as the state database has it.</summary>
/// <param name="SiteName">The site.</param>
/// <param name="HostName">The host.</param>
/// <param name="Role">What the host was to the site.</param>
/// <param name="Verdict">The verdict with its counts.</param>
/// <param name="Last">The last check that was saved, or null.</param>
/// <param name="SavedAt">When it was saved (UTC).</param>
internal sealed record SavedTarget(string SiteName, string HostName, WatchRole Role, TargetVerdict Verdict, SiteHealth? Last, DateTimeOffset SavedAt);
