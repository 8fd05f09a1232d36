namespace HostingOps.Engine.Alerts.Outbox;

/// <summary>Where deliveries wait.</summary>
internal interface IDeliveryStore
{
    /// <summary>
    /// Takes the oldest delivery of a channel that is due and that nobody has, for as long as the lease. What was told of an incident
    /// earlier comes first: a recovery must never overtake what it ends.
    /// </summary>
    /// <param name="channel">The channel.</param>
    /// <param name="incidentId">Only of this incident, whether due or not; null for all that is due.</param>
    /// <param name="now">The time.</param>
    /// <param name="lease">How long it is ours.</param>
    Delivery? Claim(string channel, string? incidentId, DateTimeOffset now, TimeSpan lease);

    /// <summary>Ends a claim with what became of it.</summary>
    /// <param name="id">The delivery.</param>
    /// <param name="outcome">What became of it.</param>
    /// <param name="answer">What was answered.</param>
    /// <param name="now">The time.</param>
    /// <param name="nextAttemptAt">When it is tried next, for Waiting.</param>
    void End(long id, AlertDeliveryOutcome outcome, string answer, DateTimeOffset now, DateTimeOffset? nextAttemptAt);

    /// <summary>Gives a claim back as if it had not been.</summary>
    void Release(long id);

    /// <summary>When the next delivery of any channel is due, or null when none waits.</summary>
    DateTimeOffset? NextDue();
}
