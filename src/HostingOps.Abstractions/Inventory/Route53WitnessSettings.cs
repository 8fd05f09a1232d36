namespace HostingOps;

/// <summary>How the observations of Route 53's own checkers are judged; Route 53 itself calls an endpoint healthy when over 18% of them do.</summary>
public sealed record Route53WitnessSettings
{
    /// <summary>Percent of the fresh observations that must fail. Default 50.</summary>
    public int Failing { get; init; } = 50;

    /// <summary>The age from which an observation counts for nothing. Null for three times the health check's interval.</summary>
    public TimeSpan? MaxAge { get; init; }

    /// <summary>Regions that fresh observations, and for down the failing ones, must come from. Default 3.</summary>
    public int Regions { get; init; } = 3;

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Failing}% from {Regions} regions");
}
