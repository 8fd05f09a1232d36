namespace HostingOps.Engine.Watch.Verdicts;

/// <summary>What an observation made of a verdict.</summary>
/// <param name="Verdict">The verdict now.</param>
/// <param name="NextCheck">
/// When the next check is due, counted from the beginning of the last: <see cref="HealthCheckPolicy.ConfirmInterval"/> while
/// something has to be confirmed, else null for the routine interval.
/// </param>
internal sealed record VerdictStep(TargetVerdict Verdict, TimeSpan? NextCheck);
