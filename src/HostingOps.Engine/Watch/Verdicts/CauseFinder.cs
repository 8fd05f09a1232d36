namespace HostingOps.Engine.Watch.Verdicts;

/// <summary>Finds what is down behind what is seen to fail: a pure function of all targets.</summary>
/// <remarks>
/// <para>A host is the cause when nearly all of its targets that were checked since fail, and either two of them do or the one
/// that does is silent: no TCP connection and no refusal says something of the host, as long as no other target of it answers.
/// A fault of one site is that site's own.</para>
/// <para>A provider or an uplink is the cause when at least two of its hosts died together, and all of its hosts that were
/// checked since are dead. Of several such the one that explains most is named, and of two that explain the same the uplink.</para>
/// <para>What began to fail long before or after the others is no part of them.</para>
/// </remarks>
internal static class CauseFinder
{
    // A database that dies takes nearly all sites of its host along; a page without one still answers.
    private const double NearlyAll = 0.8;
    private const int Several = 2;

    // A standby is seen to fail up to its own interval later.
    private static readonly TimeSpan Together = TimeSpan.FromMinutes(15);

    /// <summary>Every cause; each target that is Down belongs to exactly one of them.</summary>
    /// <param name="targets">All that is watched.</param>
    /// <param name="uplinks">The inventory's uplinks.</param>
    public static IReadOnlyList<FailureCause> Find(IReadOnlyList<WatchedTarget> targets, IReadOnlyList<UplinkSettings> uplinks)
    {
        ArgumentNullException.ThrowIfNull(targets);
        ArgumentNullException.ThrowIfNull(uplinks);
        var sick = targets.Where(static one => one.Verdict.State == WatchState.Down).Select(static one => one.Target.Host.Name).ToHashSet(StringComparer.Ordinal);
        if (sick.Count == 0)
        {
            return [];
        }

        var hosts = targets.GroupBy(static one => one.Target.Host.Name, StringComparer.Ordinal).ToDictionary(static group => group.Key, static group => group.ToList(), StringComparer.Ordinal);
        var dead = new Dictionary<string, FailureCause>(StringComparer.Ordinal);
        foreach (var name in sick)
        {
            if (HostCause(name, hosts[name]) is { } cause)
            {
                dead.Add(name, cause);
            }
        }

        var causes = new List<FailureCause>();
        while (LargestGroup(hosts, dead, uplinks) is { } group)
        {
            causes.Add(group.Cause);
            foreach (var name in group.Hosts)
            {
                dead.Remove(name);
            }
        }

        causes.AddRange(dead.Values);
        var explained = causes.SelectMany(static cause => cause.Targets).ToHashSet(ReferenceEqualityComparer.Instance);
        causes.AddRange(targets.Where(one => one.Verdict.State == WatchState.Down && !explained.Contains(one)).Select(Alone));
        return causes;
    }

    private static FailureCause? HostCause(string name, List<WatchedTarget> targets)
    {
        var failing = Largest(targets.Where(Fails), Begin);
        var silent = failing.TrueForAll(static one => one.Verdict.Silences > 1 || (one.Verdict.State == WatchState.Suspect && one.Verdict.Silences > 0));
        if (!failing.Exists(static one => one.Verdict.State == WatchState.Down) || (failing.Count < Several && !silent))
        {
            return null;
        }

        var since = failing.Min(Begin);
        var answering = targets.Count(one => Answers(one) && one.Verdict.ObservedAt >= since);
        if (failing.Count < NearlyAll * (failing.Count + answering))
        {
            return null;
        }

        // One that was broken before is silent with its host now.
        var all = silent ? targets.Where(one => Fails(one) && (failing.Contains(one) || one.Verdict.Silences > 0)).ToList() : failing;
        var which = answering > 0 ? FormattableString.Invariant($"{all.Count} of {all.Count + answering} sites checked on {name} fail")
            : all.Count == 1 ? $"{all[0].Target.Site.Name}, all that was checked on {name}, fails"
            : FormattableString.Invariant($"All {all.Count} sites checked on {name} fail");
        return new FailureCause(IncidentCause.Host, name, all, since, silent ? $"{which}, and the host gives no sign of life." : which + ".");
    }

    private static (FailureCause Cause, List<string> Hosts)? LargestGroup(
        Dictionary<string, List<WatchedTarget>> hosts, Dictionary<string, FailureCause> dead, IReadOnlyList<UplinkSettings> uplinks)
    {
        if (dead.Count < Several)
        {
            return null;
        }

        // Before the providers, for a line is the nearer explanation of the same hosts.
        var groups = uplinks.Select(static uplink => (Kind: IncidentCause.Uplink, uplink.Name, Hosts: (IEnumerable<string>)uplink.Hosts))
            .Concat(hosts.GroupBy(static host => host.Value[0].Target.Host.Provider, static host => host.Key, StringComparer.OrdinalIgnoreCase)
                .Select(static group => (Kind: IncidentCause.Provider, Name: group.Key, Hosts: (IEnumerable<string>)group)));
        (FailureCause Cause, List<string> Hosts)? best = null;
        foreach (var (kind, name, members) in groups)
        {
            var gone = Largest(members.Distinct(StringComparer.Ordinal).Where(dead.ContainsKey), member => dead[member].Since);
            if (gone.Count < Several || gone.Count <= (best?.Hosts.Count ?? 0))
            {
                continue;
            }

            var since = gone.Min(member => dead[member].Since);
            if (members.Any(member => !dead.ContainsKey(member) && hosts.TryGetValue(member, out var living) && living.Exists(one => Answers(one) && one.Verdict.ObservedAt >= since)))
            {
                continue;
            }

            var reason = FormattableString.Invariant($"All {gone.Count} hosts of {name} that were checked are down: {string.Join(", ", gone)}.");
            best = (new FailureCause(kind, name, gone.SelectMany(member => dead[member].Targets).ToList(), since, reason), gone);
        }

        return best;
    }

    private static FailureCause Alone(WatchedTarget one) => new(
        one.Target.Role == WatchRole.Standby ? IncidentCause.Standby : IncidentCause.Site, one.Target.Site.Name, [one], Begin(one), one.Verdict.Reason);

    /// <summary>The most of them that began together: each no more than a quarter of an hour after the one before.</summary>
    private static List<T> Largest<T>(IEnumerable<T> items, Func<T, DateTimeOffset> begin)
    {
        List<T> largest = [];
        List<T> run = [];
        DateTimeOffset? last = null;
        foreach (var item in items.OrderBy(begin))
        {
            run = last is { } before && begin(item) - before <= Together ? run : [];
            run.Add(item);
            last = begin(item);
            largest = run.Count > largest.Count ? run : largest;
        }

        return largest;
    }

    private static bool Fails(WatchedTarget one) => one.Verdict.State is WatchState.Down or WatchState.Suspect;

    private static bool Answers(WatchedTarget one) => one.Verdict.State is WatchState.Healthy or WatchState.Recovering;

    private static DateTimeOffset Begin(WatchedTarget one) => one.Verdict.FailingSince ?? one.Verdict.Since ?? DateTimeOffset.MinValue;
}
