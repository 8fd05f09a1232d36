using HostingOps.Engine.Watch.Verdicts;

namespace HostingOps.Engine.Watch;

/// <summary>A verdict that changed.</summary>
/// <param name="Target">Of what.</param>
/// <param name="From">The state before.</param>
/// <param name="Verdict">The verdict now.</param>
/// <param name="Health">The check that changed it, or null when a circumstance did.</param>
internal sealed record VerdictChange(WatchTarget Target, WatchState From, TargetVerdict Verdict, SiteHealth? Health)
{
    /// <summary>
    /// Whether somebody should act on it at once. That a target is well when it is first seen can wait for the next routine look:
    /// after a start there are many a second of these, for as long as a standby's interval, and a look goes through all targets.
    /// </summary>
    public bool IsUrgent => From != WatchState.Unknown || Verdict.State != WatchState.Healthy;
}
