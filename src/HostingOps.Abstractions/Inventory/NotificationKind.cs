namespace HostingOps;

/// <summary>How a notification channel is reached.</summary>
public enum NotificationKind : long
{
    /// <summary>A POST to a web address.</summary>
    Webhook,

    /// <summary>Mail over SMTP.</summary>
    Mail,

    /// <summary>A program on this machine.</summary>
    Command,
}
