namespace HostingOps.Engine.Alerts.Payloads;

/// <summary>All of an alert for whatever reads it. Chat services that know <c>text</c> show that.</summary>
internal static class GenericPayload
{
    /// <summary>The payload.</summary>
    /// <param name="alert">The alert.</param>
    /// <param name="key">The delivery's key.</param>
    public static string Write(HostingAlert alert, string key)
    {
        var payload = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["event"] = AlertText.EventName(alert.Event),
            ["text"] = AlertText.Lines(alert.Text) + (alert.Command is { } command ? $" To be done by hand: {command}" : ""),
            ["title"] = AlertText.Line(alert.Title),
            ["severity"] = alert.Severity.ToString().ToLowerInvariant(),
            ["incident"] = alert.IncidentId,
            ["sites"] = alert.Sites,
            ["command"] = alert.Command,
            ["link"] = alert.Link,
            ["at"] = alert.At,
            ["delivery"] = key,
        };
        foreach (var (name, value) in alert.Details)
        {
            payload.TryAdd(name, value);
        }

        return PayloadJson.Write(payload);
    }
}
