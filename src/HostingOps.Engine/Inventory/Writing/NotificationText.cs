using HostingOps.Engine.Inventory.Reading;

namespace HostingOps.Engine.Inventory.Writing;

/// <summary>A notification as YAML: what differs from the built-in values.</summary>
internal static class NotificationText
{
    /// <summary>The mapping.</summary>
    public static string Of(NotificationChannel channel)
    {
        var builtIn = new NotificationChannel();
        var entries = InventoryWriter.Present(
            ("name", channel.Name),
            ("webhook", channel.ReadWebhook() is { Length: > 0 } webhook ? webhook : null),
            ("preset", channel.Preset == builtIn.Preset ? null : channel.Preset.ToString().ToLowerInvariant()),
            ("token", channel.ReadToken()));
        if (channel.Mail is { } mail)
        {
            entries.Add(("mail", YamlText.Map(Entries(mail))));
        }

        if (channel.Command.Count > 0)
        {
            entries.Add(("command", YamlText.List(channel.Command)));
        }

        entries.Add(("on", YamlText.List(channel.On)));
        entries.AddRange(InventoryWriter.Present(
            ("minSeverity", channel.MinSeverity == builtIn.MinSeverity ? null : channel.MinSeverity.ToString().ToLowerInvariant()),
            ("resend", channel.Resend == builtIn.Resend ? null : DurationText.Format(channel.Resend))));
        return YamlText.Map(entries);
    }

    private static List<(string Key, string Value)> Entries(MailSettings mail)
    {
        var usual = NotificationReader.IsHere(mail.Server) ? MailTls.None : MailTls.StartTls;
        return
        [
            ("to", YamlText.List(mail.To)),
            .. InventoryWriter.Present(
                ("from", mail.From),
                ("server", mail.Server),
                ("user", mail.ReadUser()),
                ("password", mail.ReadPassword()),
                ("tls", mail.Tls == usual ? null : mail.Tls.ToString().ToLowerInvariant())),
        ];
    }
}
