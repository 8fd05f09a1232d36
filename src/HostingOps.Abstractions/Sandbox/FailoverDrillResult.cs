namespace HostingOps;

/// <summary>What a drill measured.</summary>
public sealed record FailoverDrillResult
{
    /// <summary>Whether every site ended where it should.</summary>
    public required bool Passed { get; init; }

    /// <summary>The host that was killed.</summary>
    public required string KilledHost { get; init; }

    /// <summary>The sites that were moved and moved back.</summary>
    public IReadOnlyList<string> Sites { get; init; } = [];

    /// <summary>Seconds from the kill to the first failed probe confirmed.</summary>
    public double DetectSeconds { get; init; }

    /// <summary>Seconds to make the plans.</summary>
    public double DecideSeconds { get; init; }

    /// <summary>Seconds to run hooks and switch the records until INSYNC.</summary>
    public double SwitchSeconds { get; init; }

    /// <summary>Seconds to prove the switch.</summary>
    public double VerifySeconds { get; init; }

    /// <summary>Seconds of the failback, from its plan to its proof.</summary>
    public double FailbackSeconds { get; init; }

    /// <summary>Seconds from the kill to the proven switch.</summary>
    public double OutageSeconds { get; init; }

    /// <summary>The step that failed, or null.</summary>
    public string? FailedStep { get; init; }

    /// <summary>One sentence.</summary>
    public required string Reason { get; init; }

    /// <summary>The plans of the failover.</summary>
    public IReadOnlyList<SiteFailoverPlan> Plans { get; init; } = [];

    /// <summary>The results of the failover.</summary>
    public IReadOnlyList<FailoverResult> Results { get; init; } = [];

    /// <summary>The results of the failback.</summary>
    public IReadOnlyList<FailoverResult> Failback { get; init; } = [];

    /// <summary>When the drill began (UTC).</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <inheritdoc/>
    public override string ToString() =>
        FormattableString.Invariant($"Drill without {KilledHost}: {(Passed ? "passed" : "failed")}, outage {OutageSeconds:0.00} s");
}
