namespace HostingOps.Engine.Alerts.Outbox;

/// <summary>A delivery with what became of it so far, as it goes from memory into the state database.</summary>
/// <param name="Delivery">The delivery, with the tries that it has had.</param>
/// <param name="DueAt">When it is tried next.</param>
internal sealed record KeptDelivery(Delivery Delivery, DateTimeOffset DueAt)
{
    /// <summary>What was answered last, or null.</summary>
    public string? Answer { get; init; }

    /// <summary>What became of it.</summary>
    public AlertDeliveryOutcome Outcome { get; init; } = AlertDeliveryOutcome.Waiting;

    /// <summary>When it was sent or given up, or null while it waits.</summary>
    public DateTimeOffset? EndedAt { get; init; }
}
