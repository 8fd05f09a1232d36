namespace HostingOps;

/// <summary>Whose form a webhook's message has. In the inventory's <c>preset</c> by these names in lower case.</summary>
public enum NotificationPreset : long
{
    /// <summary>Plain JSON with a <c>text</c> and all else that is known, for what reads it by itself.</summary>
    Generic,

    /// <summary>Slack: blocks for an incoming webhook.</summary>
    Slack,

    /// <summary>Microsoft Teams: an Adaptive Card for a webhook of the Workflows app.</summary>
    Teams,

    /// <summary>Discord: an embed that notifies nobody by name.</summary>
    Discord,

    /// <summary>PagerDuty: Events API v2, which opens an incident and resolves it.</summary>
    PagerDuty,

    /// <summary>ntfy: a message for a topic, with priority and tags.</summary>
    Ntfy,
}
