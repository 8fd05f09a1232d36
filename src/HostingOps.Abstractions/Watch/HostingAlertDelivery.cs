namespace HostingOps;

/// <summary>An alert on its way to one notification channel.</summary>
public sealed record HostingAlertDelivery
{
    /// <summary>The delivery's number in the outbox. Binds to -Id of Send-HostingAlert in a pipeline. 0 for a test, which is not kept there.</summary>
    public long Id { get; init; }

    /// <summary>The channel's name.</summary>
    public required string Channel { get; init; }

    /// <summary>How the channel is reached.</summary>
    public NotificationKind Kind { get; init; }

    /// <summary>Where it leads as far as it may be seen; null when the inventory no longer has the channel.</summary>
    public string? Place { get; init; }

    /// <summary>What became of it.</summary>
    public required AlertDeliveryOutcome Outcome { get; init; }

    /// <summary>What was last answered: an HTTP status, SMTP's word, an exit code; or why it was not sent. Holds no address.</summary>
    public string? Answer { get; init; }

    /// <summary>How often it was tried.</summary>
    public int Attempts { get; init; }

    /// <summary>How long the last try took, or null when it was not measured.</summary>
    public double? Milliseconds { get; init; }

    /// <summary>When it is tried next (UTC), or null.</summary>
    public DateTimeOffset? NextAttemptAt { get; init; }

    /// <summary>When the channel had taken it (UTC), or null.</summary>
    public DateTimeOffset? SentAt { get; init; }

    /// <summary>The alert.</summary>
    public required HostingAlert Alert { get; init; }

    /// <summary>The inventory file, when it is known. Binds to -InventoryPath in a pipeline.</summary>
    public string? InventoryPath { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Alert.Title} to {Channel}: {Outcome}";
}
