namespace HostingOps.Sandbox.Drill;

/// <summary>What a drill of the redirector has measured so far.</summary>
internal sealed class ApexDrillReport(string publicIp, string zone, string oldInstanceId, int redirectCount, string server, DrillClock clock)
{
    private readonly DateTimeOffset startedAt = clock.Now;

    public ApexDrillStep CurrentStep { get; set; } = ApexDrillStep.Baseline;

    public double DetectSeconds { get; set; }

    public double PlanSeconds { get; set; }

    public double RestoreSeconds { get; set; }

    public double OutageSeconds { get; set; }

    public ApexRecoveryPlan? Plan { get; set; }

    public ApexRecoveryResult? Result { get; set; }

    public ApexDrillResult Passed() => Ended(true, null, FormattableString.Invariant(
        $"{redirectCount} redirects moved from {zone} to {Result!.AvailabilityZone} within {OutageSeconds:0.0} s."));

    public ApexDrillResult Failed(string reason) => Ended(false, CurrentStep.ToString(), reason);

    private ApexDrillResult Ended(bool passed, string? failedStep, string reason) => new()
    {
        Passed = passed,
        FailedZone = zone,
        PublicIp = publicIp,
        RedirectCount = redirectCount,
        Server = server,
        OldInstanceId = oldInstanceId,
        NewInstanceId = Result?.NewInstanceId,
        AvailabilityZone = Result?.AvailabilityZone,
        DetectSeconds = DetectSeconds,
        PlanSeconds = PlanSeconds,
        RecheckSeconds = Result is { Timeline: [.., var last] } ? Math.Max(0, RestoreSeconds - last.Elapsed.TotalSeconds) : 0,
        LaunchSeconds = Seconds("Launch"),
        BootSeconds = Seconds("Boot"),
        TestSeconds = Seconds("Test"),
        MoveSeconds = Seconds("Move"),
        VerifySeconds = Seconds("Verify"),
        OutageSeconds = OutageSeconds,
        FailedStep = failedStep,
        Reason = reason,
        Plan = Plan,
        Result = Result,
        StartedAt = startedAt,
    };

    // A step lasts from the last event before its first one to its own last.
    private double Seconds(string step)
    {
        var timeline = Result?.Timeline ?? [];
        var first = timeline.Select(static (entry, index) => (entry, index)).Where(item => item.entry.Step == step).Select(static item => (int?)item.index).FirstOrDefault();
        return first is not { } index ? 0
            : (timeline.Last(entry => entry.Step == step).Elapsed - (index == 0 ? TimeSpan.Zero : timeline[index - 1].Elapsed)).TotalSeconds;
    }
}
