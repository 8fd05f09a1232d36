using HostingOps.Engine.Alerts;

namespace HostingOps.Engine.Watch.Incidents;

/// <summary>Puts an incident's news into words. Pure.</summary>
internal static class IncidentAlerts
{
    /// <summary>The alert that tells the news.</summary>
    /// <param name="news">The news.</param>
    /// <param name="inventoryPath">The inventory, for the command.</param>
    /// <param name="at">Now.</param>
    public static HostingAlert Of(IncidentNews news, string? inventoryPath, DateTimeOffset at) =>
        news.Kind == IncidentNewsKind.Ended ? Ended(news.Entry, at) : Lasting(news.Entry, inventoryPath, at, news.Entry.Flaps == 0 ? null : Returned(news.Entry));

    /// <summary>The alert that says that it still lasts.</summary>
    public static HostingAlert Reminder(IncidentEntry entry, string? inventoryPath, DateTimeOffset at) =>
        Lasting(entry, inventoryPath, at, $"This has lasted for {Span(at - entry.Incident.OpenedAt)}.") with { Title = $"Still: {entry.Trouble.Title}" };

    private static HostingAlert Lasting(IncidentEntry entry, string? inventoryPath, DateTimeOffset at, string? remark)
    {
        var trouble = entry.Trouble;
        var byHand = trouble.ManualSites.Count > 0;
        var text = trouble.Reason + (remark is null ? "" : " " + remark)
            + (byHand && trouble.ManualSites.Count < trouble.Sites.Count && trouble.Sites.Count > 1 ? $" Sites that only you may move: {AlertText.Names(trouble.ManualSites)}." : "")
            + (byHand ? $"\nWith the agent: {FailoverCommand.Agent(trouble.ManualSites, inventoryPath)}" : "");
        return Base(entry, at) with
        {
            Event = EventOf(entry.Incident.Cause),
            Severity = trouble.Severity,
            Title = trouble.Title,
            Text = text,
            Sites = trouble.Sites,
            Command = byHand ? FailoverCommand.PowerShell(trouble.ManualSites, inventoryPath) : null,
        };
    }

    private static HostingAlert Ended(IncidentEntry entry, DateTimeOffset at) => Base(entry, at) with
    {
        Event = AlertEvent.Recovered,
        Severity = AlertSeverity.Information,
        Title = "Resolved: " + entry.Trouble.Title,
        Text = $"{entry.Incident.Ending} It lasted for {Span((entry.Incident.ClosedAt ?? at) - entry.Incident.OpenedAt)}.",
        Sites = entry.Incident.Sites,
    };

    private static HostingAlert Base(IncidentEntry entry, DateTimeOffset at) => new()
    {
        Event = AlertEvent.Down,
        Severity = AlertSeverity.Information,
        IncidentId = entry.Incident.Id,
        Title = "",
        Text = "",
        At = at,
        Link = entry.Trouble.Link,
        Details = new Dictionary<string, string?>
        {
            ["cause"] = entry.Incident.Cause.ToString().ToLowerInvariant(),
            ["subject"] = entry.Incident.Subject,
        },
    };

    private static AlertEvent EventOf(IncidentCause cause) => cause switch
    {
        IncidentCause.Standby => AlertEvent.Standby,
        IncidentCause.Certificate => AlertEvent.Certificate,
        IncidentCause.Observer or IncidentCause.Inventory or IncidentCause.Watcher => AlertEvent.Watcher,
        _ => AlertEvent.Down,
    };

    private static string Returned(IncidentEntry entry) =>
        FormattableString.Invariant($"It has come back {entry.Flaps} time{(entry.Flaps == 1 ? "" : "s")}; its end is told once it has stayed away for a while.");

    private static string Span(TimeSpan span) => span.TotalMinutes < 2 ? FormattableString.Invariant($"{Math.Max(0, span.TotalSeconds):0} s")
        : span.TotalHours < 2 ? FormattableString.Invariant($"{span.TotalMinutes:0} min")
        : span.TotalDays < 2 ? FormattableString.Invariant($"{span.TotalHours:0} h")
        : FormattableString.Invariant($"{span.TotalDays:0} days");
}
