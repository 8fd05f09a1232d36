namespace HostingOps.Engine.Alerts.Payloads;

/// <summary>
/// An event for PagerDuty's Events API v2. The incident's id is the <c>dedup_key</c>, so that whatever is sent twice is one incident
/// there, and a recovery resolves it. What is only good to know, and a site that was moved well, is a change event, which wakes nobody and stays open nowhere.
/// </summary>
internal static class PagerDutyPayload
{
    /// <summary>Where events go when the inventory names no address; <c>events.eu.pagerduty.com</c> is another.</summary>
    public const string PublicAddress = "https://events.pagerduty.com/v2/enqueue";

    private const string EventPath = "/v2/enqueue";
    private const string ChangePath = "/v2/change/enqueue";
    private const int MostSummary = 1024;
    private const int MostText = 20_000;
    private const int MostKey = 255;

    /// <summary>Where this alert goes.</summary>
    public static Uri AddressFor(HostingAlert alert, Uri address) =>
        IsChange(alert) && address.AbsolutePath == EventPath ? new UriBuilder(address) { Path = ChangePath }.Uri : address;

    /// <summary>The payload.</summary>
    /// <param name="alert">The alert.</param>
    /// <param name="routingKey">The integration's key.</param>
    public static string Write(HostingAlert alert, string routingKey)
    {
        var summary = AlertText.Fit(AlertText.Line(alert.Title), MostSummary);
        var details = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["text"] = AlertText.Fit(AlertText.Lines(alert.Text), MostText),
            ["sites"] = AlertText.Names(alert.Sites, 200),
            ["command"] = alert.Command is { } command ? AlertText.Fit(command, MostText) : null,
        };
        foreach (var (name, value) in alert.Details)
        {
            details.TryAdd(name, value);
        }

        var links = alert.Link is { } link ? new[] { new { href = link, text = "The site" } } : [];
        var source = alert.Sites.Count == 1 ? alert.Sites[0] : "HostingOps";
        if (IsChange(alert))
        {
            return PayloadJson.Write(new
            {
                routing_key = routingKey,
                payload = new { summary, source, timestamp = alert.At.UtcDateTime, custom_details = details },
                links,
            });
        }

        var key = AlertText.Fit(alert.IncidentId, MostKey);
        return alert.Event == AlertEvent.Recovered
            ? PayloadJson.Write(new { routing_key = routingKey, event_action = "resolve", dedup_key = key })
            : PayloadJson.Write(new
            {
                routing_key = routingKey,
                event_action = "trigger",
                dedup_key = key,
                client = "HostingOps",
                payload = new
                {
                    summary,
                    source,
                    severity = alert.Severity switch
                    {
                        AlertSeverity.Critical => "critical",
                        AlertSeverity.Warning => "warning",
                        _ => "info",
                    },
                    timestamp = alert.At.UtcDateTime,
                    @class = AlertText.EventName(alert.Event),
                    custom_details = details,
                },
                links,
            });
    }

    private static bool IsChange(HostingAlert alert) =>
        alert is { Severity: AlertSeverity.Information, Event: not (AlertEvent.Recovered or AlertEvent.Test) }
        || alert is { Severity: AlertSeverity.Warning, Event: AlertEvent.Failover }
        || alert is { Event: AlertEvent.Uplink, Command: null }
        || alert.Details.ContainsKey(AlertText.OverDetail);
}
