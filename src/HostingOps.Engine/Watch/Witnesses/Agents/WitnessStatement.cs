namespace HostingOps.Engine.Watch.Witnesses.Agents;

/// <summary>A witness's answer to one question, as it is sent.</summary>
internal sealed record WitnessStatement
{
    /// <summary>The answer.</summary>
    public WitnessAnswer Answer { get; init; }

    /// <summary>What was seen, or why nothing is known, in one sentence.</summary>
    public string Reason { get; init; } = "";

    /// <summary>When it looked, by its own clock (UTC), or null when it did not.</summary>
    public DateTimeOffset? LookedAt { get; init; }

    /// <summary>How long before its answer that was, in milliseconds; independent of clocks.</summary>
    public int Age { get; init; }
}
