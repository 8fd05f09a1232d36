using HostingOps.Engine.Watch.Verdicts;

namespace HostingOps.Engine.Watch;

/// <summary>A target with what is held of it.</summary>
/// <param name="Target">The target.</param>
/// <param name="Verdict">The verdict.</param>
/// <param name="Last">The last check, or null before the first.</param>
/// <param name="NextCheckAt">When the next is due.</param>
internal sealed record WatchedTarget(WatchTarget Target, TargetVerdict Verdict, SiteHealth? Last, DateTimeOffset? NextCheckAt);
