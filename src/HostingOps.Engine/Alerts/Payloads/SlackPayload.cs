using System.Text;

namespace HostingOps.Engine.Alerts.Payloads;

/// <summary>
/// A message for a Slack incoming webhook. Slack reads <c>&amp;</c>, <c>&lt;</c> and <c>&gt;</c> as markup, of which
/// <c>&lt;!channel&gt;</c> would wake everybody; escaped, they are what they say. A section takes 3,000 characters.
/// </summary>
internal static class SlackPayload
{
    private const int MostTitle = 500;
    private const int MostSection = 3000;

    /// <summary>The payload.</summary>
    public static string Write(HostingAlert alert)
    {
        var title = AlertText.Fit(AlertText.Line(alert.Title), MostTitle, Escape);
        var blocks = new List<object>
        {
            Section($"{Sign(alert)} *{title}*"),
            Section(AlertText.Fit(AlertText.Lines(alert.Text), MostSection, Escape)),
        };
        if (alert.Sites.Count > 1)
        {
            blocks.Add(Section(AlertText.Fit("Sites: " + AlertText.Names(alert.Sites), MostSection, Escape)));
        }

        if (alert.Command is { } command)
        {
            // Three backticks would end the block early.
            var shown = AlertText.Line(command).Replace("```", "'''", StringComparison.Ordinal);
            blocks.Add(Section($"To be done by hand:\n```{AlertText.Fit(shown, MostSection - 50, Escape)}```"));
        }

        return PayloadJson.Write(new { text = $"{Sign(alert)} {title}", blocks });
    }

    // Verbatim: names of people and channels in the text stay text.
    private static object Section(string text) => new { type = "section", text = new { type = "mrkdwn", text, verbatim = true } };

    private static string Sign(HostingAlert alert) => alert switch
    {
        { Event: AlertEvent.Recovered } => ":white_check_mark:",
        { Severity: AlertSeverity.Critical } => ":rotating_light:",
        { Severity: AlertSeverity.Warning } => ":warning:",
        _ => ":information_source:",
    };

    private static string Escape(Rune rune) => rune.Value switch
    {
        '&' => "&amp;",
        '<' => "&lt;",
        '>' => "&gt;",
        _ => rune.ToString(),
    };
}
