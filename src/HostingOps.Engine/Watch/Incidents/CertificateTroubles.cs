namespace HostingOps.Engine.Watch.Incidents;

/// <summary>Finds certificates that end soon or have ended. Pure.</summary>
internal static class CertificateTroubles
{
    /// <summary>Adds one for each site, by the certificate that ends first; one for the host where several sites' end on the same day.</summary>
    public static void Add(
        WatcherSnapshot snapshot, List<Trouble> troubles, HashSet<(IncidentCause Cause, string Subject)> unclear, Dictionary<(IncidentCause Cause, string Subject), string> now)
    {
        var ending = new List<Ending>();
        foreach (var group in snapshot.Targets.Where(static watched => watched.Target.Site.Check.Certificate != CertificatePolicy.Ignore).GroupBy(static watched => watched.Target.Site.Name, StringComparer.Ordinal))
        {
            var dated = group.Where(static watched => watched.Last?.CertificateExpires is not null).ToList();
            unclear.UnionWith(group.Except(dated).Select(static watched => (IncidentCause.Certificate, watched.Target.Host.Name)));
            if (dated.Count == 0)
            {
                unclear.Add((IncidentCause.Certificate, group.Key));
                continue;
            }

            var first = dated.MinBy(static watched => watched.Last!.CertificateExpires)!;
            var expires = first.Last!.CertificateExpires!.Value;
            var site = first.Target.Site;
            if (expires - snapshot.At < TimeSpan.FromDays(site.Check.CertificateWarningDays))
            {
                ending.Add(new Ending(site, first.Target.Host.Name, expires));
            }
            else if (dated.Count < group.Count())
            {
                // The one that ended soon may be on a host that says nothing at the moment.
                unclear.Add((IncidentCause.Certificate, group.Key));
            }
        }

        // One for many names, or many that nobody renews any more.
        var shared = ending.GroupBy(static one => (one.Host, one.Expires.UtcDateTime.Date)).Where(static day => day.Count() > 1).SelectMany(static day => day).ToHashSet();
        foreach (var one in shared)
        {
            now[(IncidentCause.Certificate, one.Site.Name)] = $"It is one of several on {one.Host}, which are told of together.";
        }

        troubles.AddRange(ending.Where(one => !shared.Contains(one)).Select(one => OfSite(one, snapshot.At)));
        troubles.AddRange(shared.GroupBy(static one => one.Host, StringComparer.Ordinal).Select(host => OfHost(host.Key, host.OrderBy(static one => one.Expires).ToList(), snapshot.At)));
    }

    private static Trouble OfSite(Ending one, DateTimeOffset at)
    {
        var left = one.Expires - at;
        var ended = left <= TimeSpan.Zero;
        return Of(one, at) with
        {
            Subject = one.Site.Name,
            Title = ended ? $"The certificate of {one.Site.Name} has ended" : FormattableString.Invariant($"The certificate of {one.Site.Name} ends in {Days(left)}"),
            Reason = FormattableString.Invariant($"On {one.Host} it {(ended ? "ended" : "ends")} at {one.Expires.UtcDateTime:yyyy-MM-dd HH:mm} UTC."),
            Sites = [one.Site.Name],
            Link = $"https://{one.Site.HostName}/",
        };
    }

    private static Trouble OfHost(string host, List<Ending> ending, DateTimeOffset at)
    {
        var first = ending[0];
        var left = first.Expires - at;
        var days = ending.GroupBy(static one => one.Expires.UtcDateTime.Date)
            .Select(static day => FormattableString.Invariant($"{day.Key:yyyy-MM-dd} UTC: {AlertNames(day)}"));
        return Of(first, at) with
        {
            Subject = host,
            Title = left <= TimeSpan.Zero
                ? FormattableString.Invariant($"Certificates of {ending.Count} sites on {host} have ended or end soon")
                : FormattableString.Invariant($"The certificates of {ending.Count} sites on {host} end in {Days(left)}"),
            Reason = $"They end on {string.Join("; ", days)}. One certificate for many names, or the renewal there no longer works.",
            Sites = ending.ConvertAll(static one => one.Site.Name),
        };
    }

    private static Trouble Of(Ending one, DateTimeOffset at) => new()
    {
        Cause = IncidentCause.Certificate,
        Subject = "",
        Title = "",
        Reason = "",
        Severity = one.Expires <= at ? AlertSeverity.Critical : AlertSeverity.Warning,
        Since = at,
    };

    private static string AlertNames(IEnumerable<Ending> ending) => Alerts.AlertText.Names(ending.Select(static one => one.Site.Name).ToList());

    private static string Days(TimeSpan left) => left.TotalDays < 2
        ? FormattableString.Invariant($"{Math.Max(1, left.TotalHours):0} h")
        : FormattableString.Invariant($"{Math.Floor(left.TotalDays):0} days");

    private sealed record Ending(HostedSite Site, string Host, DateTimeOffset Expires);
}
