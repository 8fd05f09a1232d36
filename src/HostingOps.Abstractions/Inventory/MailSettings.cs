namespace HostingOps;

/// <summary>Mail over SMTP. User and password may name environment variables (<c>${NAME}</c>), which are read only when they are used.</summary>
public sealed record MailSettings
{
    /// <summary>Who gets it: addresses such as <c>ops@example.net</c>.</summary>
    public required IReadOnlyList<string> To { get; init; }

    /// <summary>Who it comes from.</summary>
    public required string From { get; init; }

    /// <summary>The server, <c>name:port</c>; the port is 587 when none is written.</summary>
    public required string Server { get; init; }

    /// <summary>The account, as written in the inventory, or null for none. No view and no export reads it back.</summary>
    public string? User { private get; init; }

    /// <summary>Its password, as written in the inventory, or null. No view and no export reads it back.</summary>
    public string? Password { private get; init; }

    /// <summary>How the way is protected. Default STARTTLS; a server on this machine needs none.</summary>
    public MailTls Tls { get; init; }

    /// <summary>The account as written in the inventory, or null. For whoever logs in or writes the inventory.</summary>
    public string? ReadUser() => User;

    /// <summary>The password as written in the inventory, secret or not, or null. For whoever logs in or writes the inventory.</summary>
    public string? ReadPassword() => Password;

    /// <inheritdoc/>
    public override string ToString() => $"{string.Join(", ", To)} by {Server}";
}
