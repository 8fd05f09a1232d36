namespace HostingOps;

/// <summary>One step of a publish with its measured time.</summary>
/// <param name="Step">Which step.</param>
/// <param name="StartedAt">When it began (UTC).</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="Detail">What was seen, or null.</param>
public sealed record ApexPublishEntry(ApexPublishStep Step, DateTimeOffset StartedAt, double Seconds, string? Detail)
{
    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Step} {Seconds:0.00}s");
}
