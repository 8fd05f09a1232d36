namespace HostingOps.Sandbox.Drill;

/// <summary>What a drill has measured so far.</summary>
internal sealed class DrillReport(string killedHost, IReadOnlyList<string> sites, DrillClock clock)
{
    private readonly DateTimeOffset startedAt = clock.Now;

    public DrillStep CurrentStep { get; set; } = DrillStep.Baseline;

    public double DetectSeconds { get; set; }

    public double DecideSeconds { get; set; }

    public double SwitchSeconds { get; set; }

    public double VerifySeconds { get; set; }

    public double FailbackSeconds { get; set; }

    public double OutageSeconds { get; set; }

    public List<SiteFailoverPlan> Plans { get; } = [];

    public List<FailoverResult> Results { get; } = [];

    public List<FailoverResult> Failback { get; } = [];

    /// <summary>Seconds until INSYNC, and seconds of proof, of the slowest site.</summary>
    public static (double Switch, double Verify) Split(IReadOnlyList<FailoverResult> results) => (
        results.Max(static result => result.Timeline.Where(static entry => entry.Step != FailoverStep.Verify).Sum(static entry => entry.Seconds)),
        results.Max(static result => result.Timeline.Where(static entry => entry.Step == FailoverStep.Verify).Sum(static entry => entry.Seconds)));

    public FailoverDrillResult Passed() => Result(true, null, FormattableString.Invariant(
        $"{sites.Count} sites left {killedHost} within {OutageSeconds:0.0} s and are back."));

    public FailoverDrillResult Failed(string reason) => Result(false, CurrentStep.ToString(), reason);

    private FailoverDrillResult Result(bool passed, string? failedStep, string reason) => new()
    {
        Passed = passed,
        KilledHost = killedHost,
        Sites = sites,
        DetectSeconds = DetectSeconds,
        DecideSeconds = DecideSeconds,
        SwitchSeconds = SwitchSeconds,
        VerifySeconds = VerifySeconds,
        FailbackSeconds = FailbackSeconds,
        OutageSeconds = OutageSeconds,
        FailedStep = failedStep,
        Reason = reason,
        Plans = Plans,
        Results = Results,
        Failback = Failback,
        StartedAt = startedAt,
    };
}
