namespace HostingOps;

/// <summary>A place that is told of events. The address may name an environment variable (<c>${NAME}</c>), which is read only when it is used.</summary>
public sealed record NotificationChannel
{
    /// <summary>The webhook as written in the inventory. Whoever has its address can post there, so no view and no export reads it back.</summary>
    public required string Webhook { private get; init; }

    /// <summary>The webhook as far as it may be seen: the variable's name, or the address without its path.</summary>
    public string Place =>
        Webhook.StartsWith("${", StringComparison.Ordinal) ? Webhook
        : Uri.TryCreate(Webhook, UriKind.Absolute, out var address) ? $"{address.Scheme}://{address.Authority}/..."
        : "...";

    /// <summary>The events it is told of: <c>down</c>, <c>failover</c>, <c>recovered</c>, <c>uplink</c>.</summary>
    public IReadOnlyList<string> On { get; init; } = [];

    /// <summary>The webhook as written in the inventory, secret or not. For whoever posts there or writes the inventory.</summary>
    public string ReadWebhook() => Webhook;

    /// <inheritdoc/>
    public override string ToString() => $"{Place} on {string.Join(", ", On)}";
}
