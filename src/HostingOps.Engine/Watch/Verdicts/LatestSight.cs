namespace HostingOps.Engine.Watch.Verdicts;

/// <summary>What the newest check of a target saw, before any doubt about the observer made it Unclear.</summary>
/// <param name="Host">Where.</param>
/// <param name="Kind">What was seen.</param>
/// <param name="StartedAt">When that check began.</param>
/// <param name="FailingSince">When the row of failures that the verdict holds began, or null without one.</param>
internal readonly record struct LatestSight(SiteHost Host, ObservationKind Kind, DateTimeOffset StartedAt, DateTimeOffset? FailingSince)
{
    /// <summary>Whether it was a failure.</summary>
    public bool Fails => Kind is ObservationKind.Silent or ObservationKind.Faulty;

    /// <summary>When the failure began, as far as it is known.</summary>
    public DateTimeOffset FailsSince => FailingSince < StartedAt ? FailingSince.Value : StartedAt;
}
