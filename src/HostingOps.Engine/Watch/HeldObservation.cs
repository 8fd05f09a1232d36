using HostingOps.Engine.Watch.Verdicts;

namespace HostingOps.Engine.Watch;

/// <summary>An observation that waits for the answer whether this machine may be believed.</summary>
/// <param name="Seen">The observation.</param>
/// <param name="Health">What was seen.</param>
/// <param name="Lag">How late its check began.</param>
internal sealed record HeldObservation(Observation Seen, SiteHealth Health, TimeSpan Lag);
