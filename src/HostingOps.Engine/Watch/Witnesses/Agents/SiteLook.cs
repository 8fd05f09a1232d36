namespace HostingOps.Engine.Watch.Witnesses.Agents;

/// <summary>What a witness saw of a site on one host.</summary>
/// <param name="Answer">The answer.</param>
/// <param name="Reason">Why, in one sentence.</param>
/// <param name="At">When it was known (UTC).</param>
internal sealed record SiteLook(WitnessAnswer Answer, string Reason, DateTimeOffset At);
