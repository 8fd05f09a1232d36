using HostingOps.Engine.Watch.Verdicts;

namespace HostingOps.Engine.Watch;

/// <summary>A verdict that changed.</summary>
/// <param name="Target">Of what.</param>
/// <param name="From">The state before.</param>
/// <param name="Verdict">The verdict now.</param>
/// <param name="Health">The check that changed it, or null when a circumstance did.</param>
internal sealed record VerdictChange(WatchTarget Target, WatchState From, TargetVerdict Verdict, SiteHealth? Health);
