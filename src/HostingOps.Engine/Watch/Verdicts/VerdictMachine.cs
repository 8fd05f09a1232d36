namespace HostingOps.Engine.Watch.Verdicts;

/// <summary>The state machine of verdicts: a pure function of what was held, what is seen, the policy and the circumstance.</summary>
internal static class VerdictMachine
{
    /// <summary>Takes one observation in.</summary>
    /// <param name="before">What was held.</param>
    /// <param name="seen">The observation; one that is older than the last is of no effect on the rows.</param>
    /// <param name="policy">The site's check.</param>
    /// <param name="circumstance">Pause or maintenance at that time.</param>
    public static VerdictStep Observe(TargetVerdict before, Observation seen, HealthCheckPolicy policy, Circumstance circumstance) =>
        throw new NotImplementedException();
}
