using System.Net;
using System.Net.Mail;
using HostingOps.Engine.Alerts;
using HostingOps.Engine.Alerts.Payloads;
using HostingOps.Engine.Alerts.Sending;
using HostingOps.Engine.Inventory.Yaml;

namespace HostingOps.Engine.Inventory.Reading;

/// <summary>Reads <c>notifications</c>. Addresses, tokens and passwords may be secrets: no message repeats them.</summary>
internal sealed class NotificationReader(FindingCollector findings)
{
    /// <summary>The events that a channel can be told of; all when it names none.</summary>
    internal static readonly string[] Events = ["down", "failover", "recovered", "uplink", "standby", "certificate", "watcher"];

    internal static readonly string[] Presets = [.. Enum.GetNames<NotificationPreset>().Select(static name => name.ToLowerInvariant())];
    private static readonly string[] Severities = [.. Enum.GetNames<AlertSeverity>().Select(static name => name.ToLowerInvariant())];
    private static readonly TimeSpan LongestResend = TimeSpan.FromDays(30);

    private readonly SecretSyntax secrets = new(findings);

    /// <summary>The channels; what is wrong is left out.</summary>
    public IReadOnlyList<NotificationChannel> Read(MapReader root)
    {
        var result = new List<NotificationChannel>();
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var source in root.Mappings("notifications", "{ webhook: \"${ALERT_WEBHOOK}\", on: [down, failover] }"))
        {
            var map = new MapReader(source, InventoryKeys.Notification, "a notification", findings);
            var name = map.Scalar("name", "a name") is { } given && NameSyntax.Judge(given, "notification", findings) ? given.Text : null;
            if (name is not null && !names.Add(name))
            {
                findings.Add(InventoryRules.DuplicateChannel, map.At("name"), $"Two notifications have the name '{name}'.");
            }

            var on = map.Scalars("on", string.Join(", ", Events))?.Select(item => map.WordOf(item, "on", Events)).OfType<string>().ToList();
            var channel = new NotificationChannel
            {
                Name = name,
                On = on is null ? Events : on,
                MinSeverity = Enum.TryParse<AlertSeverity>(map.Word("minSeverity", Severities), ignoreCase: true, out var severity) ? severity : AlertSeverity.Information,
                Resend = map.Duration("resend", TimeSpan.Zero, LongestResend) ?? new NotificationChannel().Resend,
            };
            if (ReadWay(map, source, channel) is { } whole)
            {
                result.Add(whole);
            }
        }

        return result;
    }

    private NotificationChannel? ReadWay(MapReader map, YamlMap source, NotificationChannel channel)
    {
        var preset = Enum.TryParse<NotificationPreset>(map.Word("preset", Presets), ignoreCase: true, out var known) ? known : NotificationPreset.Generic;
        var ways = new[] { "webhook", "mail", "command" }.Count(map.Has);
        if (ways > 1 || (ways == 0 && preset != NotificationPreset.PagerDuty))
        {
            findings.Add(InventoryRules.BadChannel, source, ways == 0 ? "A notification names neither a 'webhook' nor a 'mail' nor a 'command'." : "A notification names more than one of 'webhook', 'mail' and 'command'.");
            return null;
        }

        if (map.Has("command"))
        {
            return new CommandReader(findings).Read(map, "command") is { } argv ? channel with { Command = argv } : null;
        }

        if (map.Has("mail"))
        {
            return map.Mapping("mail") is { } mail && ReadMail(mail) is { } settings ? channel with { Mail = settings } : null;
        }

        var webhook = map.Text("webhook");
        if (webhook is null && map.Has("webhook"))
        {
            return null;
        }

        if (webhook is not null)
        {
            secrets.JudgeWebhook(webhook, map.At("webhook"));
        }

        var token = map.Text("token");
        if (token is not null)
        {
            secrets.JudgeSecret("token", token, map.At("token"));
        }

        JudgePreset(map, source, preset, webhook, token);
        return channel with { Webhook = webhook, Preset = preset, Token = token };
    }

    private void JudgePreset(MapReader map, YamlMap source, NotificationPreset preset, string? webhook, string? token)
    {
        if (preset == NotificationPreset.PagerDuty && token is null && !map.Has("token"))
        {
            findings.Add(InventoryRules.BadPreset, source, "A notification with the preset pagerduty has no 'token': its integration's routing key.", "Add token: \"${PAGERDUTY_KEY}\".");
        }
        else if (preset == NotificationPreset.Ntfy && webhook is not null && !webhook.Contains("${", StringComparison.Ordinal)
            && Uri.TryCreate(webhook, UriKind.Absolute, out var address) && NtfyPayload.TopicOf(address) is null)
        {
            findings.Add(InventoryRules.BadPreset, map.At("webhook"), "The webhook of a notification with the preset ntfy does not end with a topic.", "Write, for example, https://ntfy.example/hosting-alerts.");
        }
        else if (token is not null && preset is NotificationPreset.Slack or NotificationPreset.Teams or NotificationPreset.Discord)
        {
            findings.Add(InventoryRules.BadPreset, map.At("token"), $"A notification with the preset {preset.ToString().ToLowerInvariant()} takes no 'token': its address is the secret.", "Remove it.");
        }
    }

    private MailSettings? ReadMail(YamlMap source)
    {
        var map = new MapReader(source, InventoryKeys.NotificationMail, "a notification's mail", findings);
        map.Require(source, "to", "from", "server");
        var to = map.Scalars("to", "addresses") ?? [];
        foreach (var address in to.Where(static address => !IsAddress(address.Text)))
        {
            findings.Add(InventoryRules.BadMail, address, $"The recipient {address.Description} is no mail address.", "Write, for example, ops@example.net.");
        }

        if (map.Has("to") && to.Count == 0 && map.At("to") is YamlList)
        {
            findings.Add(InventoryRules.BadMail, map.At("to"), "'to' is empty: nobody would get the mail.", "Name somebody: [ops@example.net].");
        }

        var from = map.Text("from");
        if (from is not null && !IsAddress(from))
        {
            findings.Add(InventoryRules.BadMail, map.At("from"), $"'from' is {YamlScalar.Quote(from)}; a mail address was expected.", "Write, for example, hosting@example.net.");
        }

        var server = map.Text("server");
        if (server is not null && !AddressSyntax.IsEndpoint(server, allowName: true, portOptional: true))
        {
            findings.Add(InventoryRules.BadMail, map.At("server"), $"'server' is {YamlScalar.Quote(server)}; a mail server with or without a port was expected.", "Write, for example, smtp.example.net:587.");
        }

        var (user, password) = (map.Text("user"), map.Text("password"));
        if (password is not null)
        {
            secrets.JudgeSecret("password", password, map.At("password"));
        }

        if (user is null != password is null && map.Has("user") != map.Has("password"))
        {
            findings.Add(InventoryRules.BadMail, source, $"A notification's mail has {(user is null ? "a 'password' and no 'user'" : "a 'user' and no 'password'")}.", "Write both, or none.");
        }

        if (server is null || from is null || to.Count == 0)
        {
            return null;
        }

        var isHere = IsHere(server);
        var tls = map.Word("tls", "starttls", "none") switch
        {
            "starttls" => MailTls.StartTls,
            "none" => MailTls.None,
            _ => isHere ? MailTls.None : MailTls.StartTls,
        };
        if (tls == MailTls.None && !isHere && password is not null)
        {
            findings.Add(InventoryRules.PlainSecret, map.At("tls"), "The mail server's password would go over the network unprotected.", "Remove 'tls: none'.");
        }

        return new MailSettings { To = to.Select(static address => address.Text).ToList(), From = from, Server = server, User = user, Password = password, Tls = tls };
    }

    /// <summary>Whether a mail server is this machine, so that nobody else can read what is sent there.</summary>
    internal static bool IsHere(string server) =>
        MailSender.Endpoint(server).Name is var name && (name == "localhost" || (IPAddress.TryParse(name, out var address) && IPAddress.IsLoopback(address)));

    private static bool IsAddress(string text) => AlertText.Line(text) == text && MailAddress.TryCreate(text, out var address) && address.Host.Length > 0;
}
