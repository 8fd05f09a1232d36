namespace HostingOps.Engine.Alerts.Payloads;

/// <summary>
/// A message with an Adaptive Card for a webhook of Teams' Workflows app. The texts are text runs, which Teams shows as they are: in
/// a text block it would read Markdown. Teams takes 28 KB in all.
/// </summary>
internal static class TeamsPayload
{
    private const int MostTitle = 500;
    private const int MostText = 5000;
    private const int MostCommand = 2000;
    private const int MostSites = 1000;

    /// <summary>The payload.</summary>
    public static string Write(HostingAlert alert)
    {
        var body = new List<object>
        {
            Text(AlertText.Fit(AlertText.Line(alert.Title), MostTitle), new() { ["weight"] = "Bolder", ["size"] = "Medium", ["color"] = Colour(alert) }),
            Text(AlertText.Fit(AlertText.Lines(alert.Text), MostText)),
        };
        if (alert.Sites.Count > 1)
        {
            body.Add(Text(AlertText.Fit("Sites: " + AlertText.Names(alert.Sites), MostSites), new() { ["isSubtle"] = true }));
        }

        if (alert.Command is { } command)
        {
            body.Add(Text("To be done by hand:"));
            body.Add(Text(AlertText.Fit(AlertText.Line(command), MostCommand), new() { ["fontType"] = "Monospace" }));
        }

        var card = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["$schema"] = "http://adaptivecards.io/schemas/adaptive-card.json",
            ["type"] = "AdaptiveCard",
            ["version"] = "1.4",
            ["body"] = body,
            ["msteams"] = new { width = "Full" },
        };
        return PayloadJson.Write(new
        {
            type = "message",
            attachments = new[] { new { contentType = "application/vnd.microsoft.card.adaptive", contentUrl = (string?)null, content = card } },
        });
    }

    private static object Text(string text, Dictionary<string, object>? style = null)
    {
        var run = style ?? [];
        run["type"] = "TextRun";
        run["text"] = text;
        return new { type = "RichTextBlock", inlines = new[] { run } };
    }

    private static string Colour(HostingAlert alert) => alert switch
    {
        { Event: AlertEvent.Recovered } => "Good",
        { Severity: AlertSeverity.Critical } => "Attention",
        { Severity: AlertSeverity.Warning } => "Warning",
        _ => "Default",
    };
}
