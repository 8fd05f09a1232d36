using HostingOps.Engine.Watch.Metrics;

namespace HostingOps.Engine.Watch.Status;

/// <summary>The watcher and all that it holds, as <c>/status</c> gives it.</summary>
/// <param name="Watcher">The watcher itself.</param>
/// <param name="Sites">Every site on every host that is watched, in the inventory's order.</param>
public sealed record WatchStatusReport(WatcherStatus Watcher, IReadOnlyList<SiteWatchStatus> Sites)
{
    /// <summary>What a watcher that lives says of itself.</summary>
    internal static WatchStatusReport Of(WatcherSnapshot snapshot, WatchMetrics metrics, string holder)
    {
        var figures = metrics.Figures;
        var incidents = figures.OpenIncidents();
        var undelivered = figures.AlertsUndelivered();
        var unknown = incidents is null || undelivered is null ? "The state database can't be read: which incidents are open and which alerts are undelivered is not known." : null;
        incidents ??= [];
        var path = snapshot.Inventory.Path;
        var alive = snapshot.At - snapshot.StartedAt;
        var missed = figures.Missed;
        return new WatchStatusReport(
            new WatcherStatus
            {
                Live = true,
                At = snapshot.At,
                Holder = holder,
                ProcessId = Environment.ProcessId,
                StartedAt = snapshot.StartedAt,
                InventoryPath = path,
                InventoryReadAt = snapshot.InventoryReadAt,
                Problems = [.. new[] { snapshot.ObserverProblem, snapshot.InventoryProblem, snapshot.RoutingProblem, missed?.ToString(), unknown }.OfType<string>()],
                SiteCount = snapshot.Inventory.Sites.Count,
                DownCount = snapshot.Targets.Count(static target => target is { Target.Role: WatchRole.Active, Verdict.State: WatchState.Down }),
                OpenIncidents = incidents,
                AlertsUndelivered = undelivered ?? 0,
                Lag = snapshot.Lag,
                ChecksPerSecond = alive > TimeSpan.Zero ? Math.Round(snapshot.ChecksBegun / alive.TotalSeconds, 2) : null,
                MemoryMiB = Math.Round(Environment.WorkingSet / 1048576.0, 1),
                MissedRuns = missed?.Count ?? 0,
            },
            [.. snapshot.Targets.Select(target => Of(target, metrics.CertificateExpires(target), incidents, live: true, path))]);
    }

    /// <summary>One target. A standby's incident is its own; a host's or provider's is every site's on it.</summary>
    internal static SiteWatchStatus Of(
        WatchedTarget watched, DateTimeOffset? certificate, IReadOnlyList<HostingIncident> incidents, bool live, string? inventoryPath)
    {
        var (target, verdict, last) = (watched.Target, watched.Verdict, watched.Last);
        return new SiteWatchStatus
        {
            SiteName = target.Site.Name,
            HostName = target.Host.Name,
            Role = target.Role,
            State = verdict.State,
            Since = verdict.Since,
            Reason = verdict.Reason,
            LastCheckedAt = last?.CheckedAt ?? verdict.ObservedAt,
            LatencyMs = last is { Status: SiteStatus.Healthy or SiteStatus.Degraded } ? last.Timings.Total : null,
            NextCheckAt = live ? watched.NextCheckAt : null,
            CertificateExpires = certificate ?? last?.CertificateExpires,
            IncidentId = incidents.FirstOrDefault(incident => Concerns(incident, target))?.Id,
            Live = live,
            InventoryPath = inventoryPath,
        };
    }

    private static bool Concerns(HostingIncident incident, WatchTarget target) => incident.ClosedAt is null && incident.Cause switch
    {
        IncidentCause.Site => target.Role == WatchRole.Active && incident.Subject == target.Site.Name,
        IncidentCause.Standby => target.Role == WatchRole.Standby && incident.Sites.Contains(target.Site.Name, StringComparer.Ordinal),
        IncidentCause.Host => incident.Subject == target.Host.Name,
        IncidentCause.Provider => incident.Subject == target.Host.Provider,
        IncidentCause.Uplink => incident.Sites.Contains(target.Site.Name, StringComparer.Ordinal),
        _ => false,
    };
}
