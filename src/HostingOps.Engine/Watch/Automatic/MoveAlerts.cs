using System.Globalization;
using HostingOps.Engine.Watch.Incidents;

namespace HostingOps.Engine.Watch.Automatic;

/// <summary>What people are told of automatic moves. Pure.</summary>
internal static class MoveAlerts
{
    private const int MostNames = 10;
    private const string OfMove = "failover-";
    private const string OfRefusal = "not-moved-";
    private const string OfCutOff = "cut-off-";

    /// <summary>The id of the news that an operation moved sites.</summary>
    public static string MovedId(string operationId) => OfMove + operationId;

    /// <summary>The id of the news that an operation was cut off.</summary>
    public static string CutOffId(string operationId) => OfCutOff + operationId;

    /// <summary>Whether it stays open at receivers until its end is told, and no incident ends with which it would.</summary>
    public static bool IsNotice(HostingAlert alert) => alert is { Event: AlertEvent.Failover, Severity: AlertSeverity.Critical }
        && (alert.IncidentId.StartsWith(OfMove, StringComparison.Ordinal) || alert.IncidentId.StartsWith(OfRefusal, StringComparison.Ordinal) || IsCutOff(alert));

    /// <summary>Whether such news is of an operation that was cut off: then it ends with that, and not with the sites' outage.</summary>
    public static bool IsCutOff(HostingAlert notice) => notice.IncidentId.StartsWith(OfCutOff, StringComparison.Ordinal);

    /// <summary>The end of such news.</summary>
    public static HostingAlert Over(HostingAlert notice, string why, DateTimeOffset at) => new()
    {
        Event = AlertEvent.Recovered,
        Severity = AlertSeverity.Information,
        IncidentId = notice.IncidentId,
        Title = "Resolved: " + notice.Title,
        Text = why,
        Sites = notice.Sites,
        At = at,
    };

    /// <summary>Sites that were moved by one operation, all by it.</summary>
    public static HostingAlert Moved(IReadOnlyList<FailoverResult> results, DateTimeOffset at, string? inventoryPath)
    {
        var first = results[0];
        var names = Names(results);
        var back = first.Kind == FailoverKind.Switchover ? " back" : "";
        var warned = results.Any(static result => result.Outcome == FailoverOutcome.SwitchedWithWarnings);
        return new HostingAlert
        {
            Event = AlertEvent.Failover,
            Severity = warned ? AlertSeverity.Critical : AlertSeverity.Warning,
            IncidentId = MovedId(first.OperationId!),
            Title = $"{Subject(names, "was", "were")} moved{back} {Way(results)}{(warned ? ", with warnings" : "")}",
            Text = string.Join('\n',
            [
                .. Grouped(results.Select(static result => (result.SiteName, result.Reason))),
                $"Operation {first.OperationId}. The way back: {FailoverCommand.Undo(first.OperationId!, inventoryPath)}",
            ]),
            Sites = names,
            At = at,
        };
    }

    /// <summary>Sites that are down and stay where they are, all for the same kind of reason.</summary>
    public static HostingAlert NotMoved(IReadOnlyList<MoveRefusal> refusals, DateTimeOffset at, string? inventoryPath)
    {
        var names = refusals.Select(static refusal => refusal.SiteName).ToArray();
        var hosts = string.Join(", ", refusals.Select(static refusal => refusal.HostName).Distinct(StringComparer.Ordinal));
        var gates = refusals[0].Gates;
        var blind = gates.Contains(GateName.RecordAsExpected);
        return new HostingAlert
        {
            Event = AlertEvent.Failover,
            Severity = AlertSeverity.Critical,
            IncidentId = $"{OfRefusal}{names[0]}-{refusals[0].What}",
            Title = $"{Subject(names, "is", "are")} down on {hosts} and {(names.Length == 1 ? "was" : "were")} not moved ({refusals[0].What})",
            Text = string.Join('\n',
            [
                .. Grouped(refusals.SelectMany(static refusal => refusal.Reasons.Select(reason => (refusal.SiteName, reason)))),
                "It is tried again as long as they are down.",
            ]),
            Sites = names,
            Command = blind ? FailoverCommand.Look(names, inventoryPath) : FailoverCommand.PowerShell(names, gates, inventoryPath),
            At = at,
        };
    }

    /// <summary>Sites that could not go back to their primaries. They are served all the while.</summary>
    public static HostingAlert NotMovedBack(IReadOnlyList<MoveRefusal> refusals, DateTimeOffset at, string? inventoryPath)
    {
        var names = refusals.Select(static refusal => refusal.SiteName).ToArray();
        return new HostingAlert
        {
            Event = AlertEvent.Failover,
            Severity = AlertSeverity.Information,
            IncidentId = $"not-moved-back-{names[0]}-{refusals[0].What}",
            Title = $"{Subject(names, "stays", "stay")} on the secondary ({refusals[0].What})",
            Text = string.Join('\n', Grouped(refusals.SelectMany(static refusal => refusal.Reasons.Select(reason => (refusal.SiteName, reason))))),
            Sites = names,
            Command = $"{FailoverCommand.PowerShell(names, [], inventoryPath)} -Planned",
            At = at,
        };
    }

    /// <summary>An operation that was cut off and is not finished by itself.</summary>
    public static HostingAlert CutOff(IReadOnlyList<FailoverHistoryEntry> sites, string why, DateTimeOffset at, string? inventoryPath)
    {
        var operation = sites[0];
        var names = sites.Select(static entry => entry.SiteName).ToArray();
        return new HostingAlert
        {
            Event = AlertEvent.Failover,
            Severity = AlertSeverity.Critical,
            IncidentId = CutOffId(operation.OperationId),
            Title = $"Operation {operation.OperationId} was cut off with {Subject(names, "", "").TrimEnd()}",
            Text = string.Create(
                CultureInfo.InvariantCulture,
                $"{operation.Kind} from {operation.From ?? "?"} to {operation.To ?? "?"}, begun {operation.StartedAt.UtcDateTime:yyyy-MM-dd HH:mm}Z by {operation.By}, is at {operation.LastStep}. {why}\nTo take it back instead: {FailoverCommand.Undo(operation.OperationId, inventoryPath)}"),
            Sites = names,
            Command = FailoverCommand.Resume(operation.OperationId, inventoryPath),
            At = at,
        };
    }

    private static string[] Names(IReadOnlyList<FailoverResult> results) => [.. results.Select(static result => result.SiteName)];

    private static string Subject(IReadOnlyList<string> names, string one, string many) => names.Count == 1
        ? $"{names[0]} {one}"
        : string.Create(CultureInfo.InvariantCulture, $"{names.Count} sites {many}");

    private static string Way(IReadOnlyList<FailoverResult> results)
    {
        var ways = results.Select(static result => (result.From, result.To)).Distinct().ToArray();
        return ways.Length == 1
            ? $"from {ways[0].From ?? "?"} to {ways[0].To ?? "?"}"
            : $"away from {string.Join(", ", ways.Select(static way => way.From ?? "?").Distinct(StringComparer.Ordinal))}";
    }

    // Forty sites with one reason are one line.
    private static IEnumerable<string> Grouped(IEnumerable<(string SiteName, string Reason)> reasons) => reasons
        .GroupBy(static pair => pair.Reason, static pair => pair.SiteName, StringComparer.Ordinal)
        .Select(static group => (Names: group.ToArray(), Reason: group.Key))
        .Select(static group => $"{Listed(group.Names)}: {group.Reason}");

    private static string Listed(string[] names) => names.Length <= MostNames
        ? string.Join(", ", names)
        : string.Create(CultureInfo.InvariantCulture, $"{string.Join(", ", names.Take(MostNames))} and {names.Length - MostNames} more");
}
