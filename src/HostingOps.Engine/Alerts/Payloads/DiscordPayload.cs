using System.Text;

namespace HostingOps.Engine.Alerts.Payloads;

/// <summary>
/// A message with an embed for a Discord webhook, which mentions nobody whatever it says. Limits: content 2,000, title 256,
/// description 4,096, a field 1,024, and 6,000 in all.
/// </summary>
internal static class DiscordPayload
{
    private const int MostContent = 2000;
    private const int MostTitle = 256;
    private const int MostDescription = 3500;
    private const int MostField = 1024;
    private const string Markdown = @"\*_~`|[]<>#";

    /// <summary>The payload.</summary>
    public static string Write(HostingAlert alert)
    {
        var fields = new List<object>();
        if (alert.Sites.Count > 1)
        {
            fields.Add(new { name = "Sites", value = AlertText.Fit(AlertText.Names(alert.Sites), MostField, Escape) });
        }

        if (alert.Command is { } command)
        {
            var shown = AlertText.Line(command).Replace("```", "'''", StringComparison.Ordinal);
            fields.Add(new { name = "To be done by hand", value = $"```\n{AlertText.Fit(shown, MostField - 8)}\n```" });
        }

        var embed = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["title"] = AlertText.Fit(AlertText.Line(alert.Title), MostTitle, Escape),
            ["description"] = AlertText.Fit(AlertText.Lines(alert.Text), MostDescription, Escape),
            ["color"] = Colour(alert),
            ["timestamp"] = alert.At.UtcDateTime,
            ["fields"] = fields,
            ["footer"] = new { text = "HostingOps " + AlertText.EventName(alert.Event) },
        };
        if (alert.Link is { } link)
        {
            embed["url"] = link;
        }

        return PayloadJson.Write(new
        {
            // What a phone's notification shows.
            content = AlertText.Fit(AlertText.Line(alert.Title), MostContent, Escape),
            embeds = new[] { embed },
            allowed_mentions = new { parse = Array.Empty<string>() },
        });
    }

    private static int Colour(HostingAlert alert) => alert switch
    {
        { Event: AlertEvent.Recovered } => 0x2EB67D,
        { Severity: AlertSeverity.Critical } => 0xE01E5A,
        { Severity: AlertSeverity.Warning } => 0xECB22E,
        _ => 0x8899A6,
    };

    private static string Escape(Rune rune) => rune.IsAscii && Markdown.Contains((char)rune.Value) ? "\\" + rune : rune.ToString();
}
