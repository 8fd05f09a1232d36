namespace HostingOps;

/// <summary>
/// A place that is told of events: a webhook, a mailbox or a command. An address may name an environment variable
/// (<c>${NAME}</c>), which is read only when it is used.
/// </summary>
public sealed record NotificationChannel
{
    /// <summary>Its name, by which Send-HostingAlert and the outbox know it, or null to be called after its preset.</summary>
    public string? Name { get; init; }

    /// <summary>
    /// The webhook as written in the inventory, or null. Whoever has its address can post there, so no view and no export reads it
    /// back.
    /// </summary>
    public string? Webhook { private get; init; }

    /// <summary>Whose form the webhook's message has.</summary>
    public NotificationPreset Preset { get; init; }

    /// <summary>
    /// What else the webhook wants to know, as written in the inventory, or null: the routing key of PagerDuty, or the bearer token of
    /// ntfy and of generic webhooks. No view and no export reads it back.
    /// </summary>
    public string? Token { private get; init; }

    /// <summary>The mail, or null.</summary>
    public MailSettings? Mail { get; init; }

    /// <summary>The program and its arguments, or empty.</summary>
    public IReadOnlyList<string> Command { get; init; } = [];

    /// <summary>How it is reached.</summary>
    public NotificationKind Kind => Mail is not null ? NotificationKind.Mail
        : Command.Count > 0 ? NotificationKind.Command
        : NotificationKind.Webhook;

    /// <summary>Where it leads as far as it may be seen: the variable's name, the address without its path, the mail server, the program.</summary>
    public string Place => Kind switch
    {
        NotificationKind.Mail => Mail!.Server,
        NotificationKind.Command => Command[0],
        _ => PlaceOf(Webhook),
    };

    /// <summary>The events it is told of: <c>down</c>, <c>recovered</c>, <c>failover</c>, <c>uplink</c>, <c>standby</c>, <c>certificate</c>, <c>watcher</c>.</summary>
    public IReadOnlyList<string> On { get; init; } = [];

    /// <summary>How urgent an alert must be. Its recovery is told whatever it says. Default: all.</summary>
    public AlertSeverity MinSeverity { get; init; }

    /// <summary>How often it is told again of an incident that lasts; zero for never. Default 4 h.</summary>
    public TimeSpan Resend { get; init; } = TimeSpan.FromHours(4);

    /// <summary>The webhook as written in the inventory, secret or not; empty when there is none. For whoever posts there or writes the inventory.</summary>
    public string ReadWebhook() => Webhook ?? "";

    /// <summary>The token as written in the inventory, secret or not, or null. For whoever posts there or writes the inventory.</summary>
    public string? ReadToken() => Token;

    /// <inheritdoc/>
    public override string ToString() => $"{(Name is null ? "" : Name + ": ")}{Place} on {string.Join(", ", On)}";

    private static string PlaceOf(string? webhook) =>
        webhook is null ? ""
        : webhook.StartsWith("${", StringComparison.Ordinal) && webhook.IndexOf('}', StringComparison.Ordinal) is var end and > 0 ? webhook[..(end + 1)] + (end + 1 < webhook.Length ? "..." : "")
        : Uri.TryCreate(webhook, UriKind.Absolute, out var address) ? $"{address.Scheme}://{address.Authority}/..."
        : "...";
}
