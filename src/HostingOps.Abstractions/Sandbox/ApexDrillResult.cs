namespace HostingOps;

/// <summary>What a drill of the bare domains' redirector measured.</summary>
public sealed record ApexDrillResult
{
    /// <summary>Whether a new redirector took the address over, and every redirect was proven anew.</summary>
    public required bool Passed { get; init; }

    /// <summary>The availability zone that failed.</summary>
    public required string FailedZone { get; init; }

    /// <summary>The Elastic IP.</summary>
    public required string PublicIp { get; init; }

    /// <summary>How many names are redirected; each was asked for over http and https.</summary>
    public int RedirectCount { get; init; }

    /// <summary>What served on the instances: the full path of nginx, or <c>built-in</c> for the sandbox's own small redirector.</summary>
    public required string Server { get; init; }

    /// <summary>The redirector that was lost.</summary>
    public string? OldInstanceId { get; init; }

    /// <summary>The redirector that took its place, or null.</summary>
    public string? NewInstanceId { get; init; }

    /// <summary>Its availability zone, or null.</summary>
    public string? AvailabilityZone { get; init; }

    /// <summary>Seconds from the failure until no redirect answered any more.</summary>
    public double DetectSeconds { get; init; }

    /// <summary>Seconds to make the plan.</summary>
    public double PlanSeconds { get; init; }

    /// <summary>Seconds to look once more, right before the launch, whether all is as the plan saw it.</summary>
    public double RecheckSeconds { get; init; }

    /// <summary>Seconds to launch the instance.</summary>
    public double LaunchSeconds { get; init; }

    /// <summary>Seconds from the launch until the instance served.</summary>
    public double BootSeconds { get; init; }

    /// <summary>Seconds to test every redirect by the instance's own address.</summary>
    public double TestSeconds { get; init; }

    /// <summary>Seconds to move the Elastic IP.</summary>
    public double MoveSeconds { get; init; }

    /// <summary>Seconds to test every redirect by the Elastic IP.</summary>
    public double VerifySeconds { get; init; }

    /// <summary>Seconds from the failure to the end of the recovery.</summary>
    public double OutageSeconds { get; init; }

    /// <summary>The step that failed, or null.</summary>
    public string? FailedStep { get; init; }

    /// <summary>One sentence.</summary>
    public required string Reason { get; init; }

    /// <summary>The plan of the recovery, or null when none was made.</summary>
    public ApexRecoveryPlan? Plan { get; init; }

    /// <summary>How the recovery ended, or null when there was none.</summary>
    public ApexRecoveryResult? Result { get; init; }

    /// <summary>When the drill began (UTC).</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <inheritdoc/>
    public override string ToString() =>
        FormattableString.Invariant($"Drill without {FailedZone}: {(Passed ? "passed" : "failed")}, outage {OutageSeconds:0.00} s");
}
