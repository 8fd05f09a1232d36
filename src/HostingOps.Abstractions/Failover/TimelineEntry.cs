namespace HostingOps;

/// <summary>One step of an operation with its measured time.</summary>
/// <param name="Step">Which step.</param>
/// <param name="StartedAt">When it began (UTC).</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="Detail">What it did, in one sentence, or null.</param>
public sealed record TimelineEntry(FailoverStep Step, DateTimeOffset StartedAt, double Seconds, string? Detail)
{
    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Step} {Seconds:0.00}s");
}
