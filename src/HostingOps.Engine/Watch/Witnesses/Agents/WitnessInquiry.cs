namespace HostingOps.Engine.Watch.Witnesses.Agents;

/// <summary>A question for many sites, as it is sent.</summary>
internal sealed record WitnessInquiry
{
    /// <summary>How long the asker waits, in milliseconds.</summary>
    public int Budget { get; init; }

    /// <summary>What is asked about.</summary>
    public IReadOnlyList<WitnessQuestion> Questions { get; init; } = [];
}
