namespace HostingOps.Engine.Alerts.Payloads;

/// <summary>What is posted to whom.</summary>
/// <param name="Address">The address.</param>
/// <param name="Body">JSON.</param>
/// <param name="Bearer">A bearer token for the Authorization header, or null.</param>
internal sealed record WebhookPost(Uri Address, string Body, string? Bearer)
{
    /// <summary>The post in the preset's form, or null when the address or token lacks what the preset needs.</summary>
    public static WebhookPost? For(NotificationPreset preset, Uri address, string? token, HostingAlert alert, string key) => preset switch
    {
        NotificationPreset.Slack => new(address, SlackPayload.Write(alert), null),
        NotificationPreset.Teams => new(address, TeamsPayload.Write(alert), null),
        NotificationPreset.Discord => new(address, DiscordPayload.Write(alert), null),
        NotificationPreset.PagerDuty => token is null ? null : new(PagerDutyPayload.AddressFor(alert, address), PagerDutyPayload.Write(alert, token), null),
        NotificationPreset.Ntfy => NtfyPayload.TopicOf(address) is { } topic ? new(NtfyPayload.ServerOf(address), NtfyPayload.Write(alert, topic), token) : null,
        _ => new(address, GenericPayload.Write(alert, key), token),
    };
}
