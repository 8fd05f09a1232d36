namespace HostingOps;

/// <summary>A place that is told of events. The address may name an environment variable (<c>${NAME}</c>), which is read only when it is used.</summary>
public sealed record NotificationChannel
{
    /// <summary>The webhook as written in the inventory.</summary>
    public required string Webhook { get; init; }

    /// <summary>The events it is told of: <c>down</c>, <c>failover</c>, <c>recovered</c>.</summary>
    public IReadOnlyList<string> On { get; init; } = [];
}
