using HostingOps.Engine.Watch.Verdicts;

namespace HostingOps.Engine.Watch;

/// <summary>One check that has ended.</summary>
/// <param name="Target">What was checked.</param>
/// <param name="Health">What was seen.</param>
/// <param name="Seen">What that is evidence of.</param>
/// <param name="Verdict">The verdict after it.</param>
/// <param name="Lag">How much later than due the check began.</param>
internal sealed record TargetCheck(WatchTarget Target, SiteHealth Health, Observation Seen, TargetVerdict Verdict, TimeSpan Lag);
