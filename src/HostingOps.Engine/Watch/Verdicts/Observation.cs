namespace HostingOps.Engine.Watch.Verdicts;

/// <summary>One check as evidence.</summary>
/// <param name="Kind">What it is evidence of.</param>
/// <param name="StartedAt">When the check began. Confirming checks may overlap: each begins a second after the one before.</param>
/// <param name="At">When it was known.</param>
/// <param name="Reason">One sentence.</param>
internal sealed record Observation(ObservationKind Kind, DateTimeOffset StartedAt, DateTimeOffset At, string Reason);
