using HostingOps.Engine.Alerts;
using HostingOps.Engine.Watch.Verdicts;

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
        var uplinks = snapshot.Inventory.Uplinks.SelectMany(static uplink => uplink.Hosts.Select(host => (Host: host, uplink.Name))).ToLookup(static pair => pair.Host, static pair => pair.Name, StringComparer.Ordinal);
        var unwatched = new HashSet<(IncidentCause, string)>();
        foreach (var watched in snapshot.Targets)
        {
            Judge(watched, snapshot.ObserverProblem is not null, uplinks[watched.Target.Host.Name], unclear, now, unwatched);
        }

        foreach (var key in unwatched.Where(key => !unclear.Contains(key)))
        {
            now.TryAdd(key, "Nothing is concluded of any site there any more: each is in a maintenance window, or its failover is switched off by hand.");
        }

        var routed = snapshot.Targets.Where(static watched => watched.Target.Role == WatchRole.Active).Select(static watched => watched.Target.Site.Name).ToHashSet(StringComparer.Ordinal);
        var troubles = CauseFinder.Find(snapshot.Targets, snapshot.Inventory.Uplinks).Select(cause => OfCause(cause, uplinks, routed)).ToList();
        CertificateTroubles.Add(snapshot, troubles, unclear, now);
        troubles.AddRange(OfWatcher(snapshot, stateProblem));
        return new TroubleSight { At = snapshot.At, Troubles = troubles, Unclear = unclear, Now = now };
    }

    // What is suspect, or answers again and is not believed yet, neither begins an incident nor ends one. A host, provider or line is
    // well again when something of it is, and no longer watched when nothing is concluded of anything there.
    private static void Judge(
        WatchedTarget watched,
        bool isInDoubt,
        IEnumerable<string> uplinks,
        HashSet<(IncidentCause, string)> unclear,
        Dictionary<(IncidentCause, string), string> now,
        HashSet<(IncidentCause, string)> unwatched)
    {
        var (site, host, role) = watched.Target;
        var own = (role == WatchRole.Active ? IncidentCause.Site : IncidentCause.Standby, site.Name);
        var wider = uplinks.Select(static name => (IncidentCause.Uplink, name)).Append((IncidentCause.Host, host.Name)).Append((IncidentCause.Provider, host.Provider));
        var isOver = !isInDoubt && watched.Verdict.State is WatchState.Healthy or WatchState.Paused or WatchState.Maintenance;
        if (isOver)
        {
            now[own] = Now(watched);
        }
        else
        {
            unclear.Add(own);
        }

        foreach (var key in wider)
        {
            if (isOver && watched.Verdict.State == WatchState.Healthy)
            {
                unclear.Remove(key);
                now[key] = $"{host.Name} answers again.";
            }
            else if (isOver)
            {
                unwatched.Add(key);
            }
            else if (!now.ContainsKey(key))
            {
                unclear.Add(key);
            }
        }
    }

    private static Trouble OfCause(FailureCause cause, ILookup<string, string> uplinks, HashSet<string> routed)
    {
        var down = cause.Targets.Where(static one => one.Verdict.State is WatchState.Down or WatchState.Suspect).Select(static one => one.Target).ToList();
        var active = down.Where(static target => target.Role == WatchRole.Active).ToList();
        var sites = down.Select(static target => target.Site.Name).Distinct(StringComparer.Ordinal).ToList();
        var first = cause.Targets[0].Target;
        var isRouted = sites.TrueForAll(routed.Contains);
        var isOne = cause.Cause is IncidentCause.Site or IncidentCause.Standby;
        var isOnHost = isOne || cause.Cause == IncidentCause.Host;
        return new Trouble
        {
            Cause = cause.Cause,
            Subject = cause.Subject,
            Title = Title(cause, first, sites.Count, isRouted),
            Reason = AlertText.Line(cause.Reason) + Weight(cause.Cause, active.Count, isRouted),
            Severity = active.Count > 0 ? AlertSeverity.Critical : AlertSeverity.Warning,
            Since = cause.Since,
            Sites = sites,
            ManualSites = active.Where(static target => !target.Site.Policy.Automatic).Select(static target => target.Site.Name).ToList(),
            Host = isOnHost ? first.Host.Name : null,
            Provider = cause.Cause == IncidentCause.Uplink ? null : first.Host.Provider,
            Uplink = cause.Cause == IncidentCause.Uplink ? cause.Subject : uplinks[first.Host.Name].FirstOrDefault(),
            Link = isOne ? $"https://{first.Site.HostName}/" : null,
        };
    }

    private static string Title(FailureCause cause, WatchTarget first, int sites, bool isRouted)
    {
        var with = sites == 1 ? "1 site" : FormattableString.Invariant($"{sites} sites");
        return cause.Cause switch
        {
            IncidentCause.Site => $"{cause.Subject} is down on {first.Host.Name}",
            IncidentCause.Standby when !isRouted => $"{cause.Subject} is down on {first.Host.Name}, and where visitors are sent is not known",
            IncidentCause.Standby => $"{cause.Subject} could not move to {first.Host.Name}, its standby",
            IncidentCause.Provider => $"The provider {cause.Subject} is down with {with}",
            IncidentCause.Uplink => $"The line {cause.Subject} is down with {with}",
            _ => $"{cause.Subject} is down with {with}",
        };
    }

    private static string Weight(IncidentCause cause, int active, bool isRouted) => cause switch
    {
        IncidentCause.Site => "",
        _ when active == 0 && !isRouted => " No host is known to be the active one: visitors may be sent there.",
        IncidentCause.Standby => " Visitors are served; but if the active host fails now, nothing can take over.",
        _ when active == 0 => " No visitor is sent there.",
        _ => FormattableString.Invariant($" Visitors of {active} {(active == 1 ? "site are" : "sites are")} sent there."),
    };

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
