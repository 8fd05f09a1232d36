using HostingOps.Engine.Alerts;

namespace HostingOps.Engine.Watch.Incidents;

/// <summary>Finds what is wrong in what a watcher holds. Pure.</summary>
internal static class TroubleFinder
{
    private static readonly TimeSpan MuchLag = TimeSpan.FromMinutes(1);

    /// <summary>What is wrong at the snapshot's time.</summary>
    /// <param name="snapshot">The watcher at one moment.</param>
    /// <param name="stateProblem">Why the state database can't be written, or null.</param>
    public static TroubleSight Find(WatcherSnapshot snapshot, string? stateProblem = null)
    {
        var unclear = new HashSet<(IncidentCause, string)>();
        var now = new Dictionary<(IncidentCause, string), string>();
        var troubles = new List<Trouble>();
        var uplinks = snapshot.Inventory.Uplinks.SelectMany(static uplink => uplink.Hosts.Select(host => (host, uplink.Name)))
            .GroupBy(static pair => pair.host, StringComparer.Ordinal).ToDictionary(static group => group.Key, static group => group.First().Name, StringComparer.Ordinal);
        foreach (var watched in snapshot.Targets)
        {
            var cause = watched.Target.Role == WatchRole.Active ? IncidentCause.Site : IncidentCause.Standby;
            var key = (cause, watched.Target.Site.Name);
            if (IsDown(watched))
            {
                troubles.Add(OfTarget(watched, cause, uplinks.GetValueOrDefault(watched.Target.Host.Name)));
            }
            else if (watched.Verdict.State is WatchState.Unknown or WatchState.Suspect || snapshot.ObserverProblem is not null)
            {
                unclear.Add(key);
            }
            else
            {
                now[key] = Now(watched);
            }
        }

        OutageTroubles.Add(snapshot, troubles, unclear, now, uplinks);
        CertificateTroubles.Add(snapshot, troubles, unclear);
        troubles.AddRange(OfWatcher(snapshot, stateProblem));
        return new TroubleSight { At = snapshot.At, Troubles = troubles, Unclear = unclear, Now = now };
    }

    /// <summary>Whether a target is held to be down: until its answers are believed, it is.</summary>
    public static bool IsDown(WatchedTarget watched) => watched.Verdict.State is WatchState.Down or WatchState.Recovering;

    private static Trouble OfTarget(WatchedTarget watched, IncidentCause cause, string? uplink)
    {
        var (site, host, _) = watched.Target;
        var isActive = cause == IncidentCause.Site;
        return new Trouble
        {
            Cause = cause,
            Subject = site.Name,
            Title = isActive ? $"{site.Name} is down on {host.Name}" : $"{site.Name} could not move to {host.Name}, its standby",
            Reason = AlertText.Line(watched.Verdict.Reason) + (isActive ? "" : " Visitors are served; but if the active host fails now, nothing can take over."),
            Severity = isActive ? AlertSeverity.Critical : AlertSeverity.Warning,
            Since = watched.Verdict.FailingSince ?? watched.Verdict.Since ?? watched.Verdict.ObservedAt ?? DateTimeOffset.MaxValue,
            Sites = [site.Name],
            ManualSites = isActive && !site.Policy.Automatic ? [site.Name] : [],
            Host = host.Name,
            Provider = host.Provider,
            Uplink = uplink,
            Link = $"https://{site.HostName}/",
        };
    }

    private static string Now(WatchedTarget watched) => watched.Verdict.State switch
    {
        WatchState.Paused => "Its failover is switched off by hand; nothing is concluded while that holds.",
        WatchState.Maintenance => "It is in a maintenance window; nothing is concluded while that lasts.",
        _ when watched.Target.Role == WatchRole.Active => $"It is served by {watched.Target.Host.Name}, and answers.",
        _ => $"{watched.Target.Host.Name} answers, and could take over.",
    };

    private static IEnumerable<Trouble> OfWatcher(WatcherSnapshot snapshot, string? stateProblem)
    {
        if (snapshot.ObserverProblem is { } doubt)
        {
            yield return Own(IncidentCause.Observer, "The watcher's own view is in doubt: nothing is moved", doubt, snapshot);
        }

        if (snapshot.InventoryProblem is { } broken)
        {
            yield return Own(IncidentCause.Inventory, "The inventory can't be read: the last good one stays in use", broken, snapshot);
        }

        string?[] reasons =
        [
            snapshot.RoutingProblem,
            stateProblem,
            snapshot.Lag >= MuchLag ? FormattableString.Invariant($"Checks begin up to {snapshot.Lag.TotalSeconds:0} s late: this machine can't keep up, or stood still.") : null,
        ];
        if (reasons.OfType<string>().ToArray() is { Length: > 0 } all)
        {
            yield return Own(IncidentCause.Watcher, "The watcher is in trouble", string.Join(' ', all), snapshot);
        }
    }

    private static Trouble Own(IncidentCause cause, string title, string reason, WatcherSnapshot snapshot) => new()
    {
        Cause = cause,
        Subject = "",
        Title = title,
        Reason = AlertText.Line(reason),
        Severity = AlertSeverity.Warning,
        Since = snapshot.At,
    };
}
