using HostingOps.Engine.Watch.Verdicts;

namespace HostingOps.Bench.Certainty.Rules.Ours;

/// <summary>Something that happens in a watcher's run at its time.</summary>
/// <param name="Kind">What.</param>
/// <param name="Site">To which site, or -1.</param>
/// <param name="Plan">Of a check: the plan it belongs to.</param>
/// <param name="Start">Of an observation: when its check began. Of an answer about the observer: when it is known.</param>
/// <param name="Seen">Of an observation: what it is evidence of.</param>
internal readonly record struct Happening(HappeningKind Kind, int Site, int Plan = 0, double Start = 0, ObservationKind Seen = default);
