namespace HostingOps.Engine.Watch.Incidents;

/// <summary>Finds hosts, providers and lines of which everything is down. Pure.</summary>
internal static class OutageTroubles
{
    // One site alone can't tell its own failure from its host's.
    private const int LeastParts = 2;

    /// <summary>Adds what is wider than a site.</summary>
    public static void Add(
        WatcherSnapshot snapshot,
        List<Trouble> troubles,
        HashSet<(IncidentCause Cause, string Subject)> unclear,
        Dictionary<(IncidentCause Cause, string Subject), string> now,
        IReadOnlyDictionary<string, string> uplinks)
    {
        var isInDoubt = snapshot.ObserverProblem is not null;
        var byTarget = troubles.ToLookup(static trouble => trouble.Host, StringComparer.Ordinal);
        var hosts = new List<HostView>();
        foreach (var group in snapshot.Targets.GroupBy(static watched => watched.Target.Host.Name, StringComparer.Ordinal))
        {
            var watched = group.ToList();
            var view = new HostView(watched[0].Target.Host, watched, byTarget[group.Key].ToList());
            hosts.Add(view);
            var key = (IncidentCause.Host, group.Key);
            if (view.IsDown)
            {
                troubles.Add(OfHost(view, uplinks.GetValueOrDefault(group.Key)));
            }
            else if (isInDoubt || !view.IsUp)
            {
                unclear.Add(key);
            }
            else
            {
                now[key] = $"{group.Key} answers again.";
            }
        }

        AddWider(hosts, static view => view.Host.Provider, IncidentCause.Provider, isInDoubt, troubles, unclear, now);
        AddWider(hosts.Where(view => uplinks.ContainsKey(view.Host.Name)), view => uplinks[view.Host.Name], IncidentCause.Uplink, isInDoubt, troubles, unclear, now);
    }

    private static Trouble OfHost(HostView view, string? uplink) => Wide(view.Troubles, IncidentCause.Host, view.Host.Name) with
    {
        Title = FormattableString.Invariant($"{view.Host.Name} is down with {Sites(view.Troubles.Count)}"),
        Host = view.Host.Name,
        Provider = view.Host.Provider,
        Uplink = uplink,
    };

    private static void AddWider(
        IEnumerable<HostView> hosts,
        Func<HostView, string> subjectOf,
        IncidentCause cause,
        bool isInDoubt,
        List<Trouble> troubles,
        HashSet<(IncidentCause Cause, string Subject)> unclear,
        Dictionary<(IncidentCause Cause, string Subject), string> now)
    {
        foreach (var group in hosts.GroupBy(subjectOf, StringComparer.Ordinal))
        {
            var judged = group.Where(static view => view.IsDown || view.IsUp).ToList();
            var parts = judged.SelectMany(static view => view.Troubles).ToList();
            var what = cause == IncidentCause.Provider ? $"Provider {group.Key}" : $"The line {group.Key}";
            if (judged.Count >= LeastParts && judged.TrueForAll(static view => view.IsDown))
            {
                troubles.Add(Wide(parts, cause, group.Key) with
                {
                    Title = FormattableString.Invariant($"{what} is down: {judged.Count} hosts with {Sites(parts.Select(static part => part.Subject).Distinct(StringComparer.Ordinal).Count())}"),
                    Provider = cause == IncidentCause.Provider ? group.Key : null,
                });
            }
            else if (isInDoubt || judged.Count == 0)
            {
                unclear.Add((cause, group.Key));
            }
            else
            {
                now[(cause, group.Key)] = $"{what} answers again.";
            }
        }
    }

    private static Trouble Wide(IReadOnlyList<Trouble> parts, IncidentCause cause, string subject)
    {
        var active = parts.Where(static part => part.Cause == IncidentCause.Site).ToList();
        return new Trouble
        {
            Cause = cause,
            Subject = subject,
            Title = subject,
            Reason = active.Count == 0
                ? $"{parts[0].Reason} No visitor is sent there."
                : $"{active.MinBy(static part => part.Since)!.Reason} {Sites(active.Count)} of it {(active.Count == 1 ? "is" : "are")} active there.",
            Severity = active.Count > 0 ? AlertSeverity.Critical : AlertSeverity.Warning,
            Since = parts.Min(static part => part.Since),
            Sites = parts.SelectMany(static part => part.Sites).Distinct(StringComparer.Ordinal).ToList(),
            ManualSites = parts.SelectMany(static part => part.ManualSites).Distinct(StringComparer.Ordinal).ToList(),
        };
    }

    private static string Sites(int count) => count == 1 ? "1 site" : FormattableString.Invariant($"{count} sites");

    private sealed record HostView(SiteHost Host, IReadOnlyList<WatchedTarget> Watched, IReadOnlyList<Trouble> Troubles)
    {
        // A suspect is no answer; a target of which nothing is known says nothing.
        public bool IsDown => Troubles.Count >= LeastParts && !IsUp;

        public bool IsUp => Watched.Any(static watched => watched.Verdict.State == WatchState.Healthy);
    }
}
