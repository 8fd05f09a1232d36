namespace HostingOps.Engine.Alerts.Payloads;

/// <summary>
/// A message for ntfy, as JSON to the server's root: headers, its other way, take no letters beyond ASCII. A message over 4,096 bytes
/// would become an attachment.
/// </summary>
internal static class NtfyPayload
{
    private const int MostTitle = 250;
    private const int MostMessage = 4000;

    /// <summary>The topic, which is the address's path, or null.</summary>
    public static string? TopicOf(Uri address) => address.AbsolutePath.Trim('/') is { Length: > 0 } path && !path.Contains('/', StringComparison.Ordinal) ? Uri.UnescapeDataString(path) : null;

    /// <summary>The server's root.</summary>
    public static Uri ServerOf(Uri address) => new(address.GetLeftPart(UriPartial.Authority) + "/");

    /// <summary>The payload.</summary>
    public static string Write(HostingAlert alert, string topic)
    {
        var message = AlertText.Lines(alert.Text) + (alert.Command is { } command ? $"\n\nTo be done by hand:\n{command}" : "");
        var payload = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["topic"] = topic,
            ["title"] = AlertText.Fit(AlertText.Line(alert.Title), MostTitle),
            ["message"] = AlertText.Fit(message, MostMessage, length: AlertText.Bytes),
            ["priority"] = alert switch
            {
                { Event: AlertEvent.Recovered } => 3,
                { Severity: AlertSeverity.Critical } => 5,
                { Severity: AlertSeverity.Warning } => 4,
                _ => 3,
            },
            ["tags"] = new[]
            {
                alert switch
                {
                    { Event: AlertEvent.Recovered } => "white_check_mark",
                    { Severity: AlertSeverity.Critical } => "rotating_light",
                    { Severity: AlertSeverity.Warning } => "warning",
                    _ => "information_source",
                },
                AlertText.EventName(alert.Event),
            },
        };
        if (alert.Link is { } link)
        {
            payload["click"] = link;
        }

        return PayloadJson.Write(payload);
    }
}
