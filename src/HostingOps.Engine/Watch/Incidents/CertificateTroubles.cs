namespace HostingOps.Engine.Watch.Incidents;

/// <summary>Finds certificates that end soon or have ended. Pure.</summary>
internal static class CertificateTroubles
{
    /// <summary>Adds one for each site, by the certificate that ends first.</summary>
    public static void Add(WatcherSnapshot snapshot, List<Trouble> troubles, HashSet<(IncidentCause Cause, string Subject)> unclear)
    {
        foreach (var group in snapshot.Targets.Where(static watched => watched.Target.Site.Check.Certificate != CertificatePolicy.Ignore).GroupBy(static watched => watched.Target.Site.Name, StringComparer.Ordinal))
        {
            var dated = group.Where(static watched => watched.Last?.CertificateExpires is not null).ToList();
            if (dated.Count == 0)
            {
                unclear.Add((IncidentCause.Certificate, group.Key));
                continue;
            }

            var first = dated.MinBy(static watched => watched.Last!.CertificateExpires)!;
            var expires = first.Last!.CertificateExpires!.Value;
            var left = expires - snapshot.At;
            var site = first.Target.Site;
            if (left >= TimeSpan.FromDays(site.Check.CertificateWarningDays))
            {
                // The one that ended soon may be on a host that says nothing at the moment.
                if (dated.Count < group.Count())
                {
                    unclear.Add((IncidentCause.Certificate, group.Key));
                }

                continue;
            }

            var ended = left <= TimeSpan.Zero;
            troubles.Add(new Trouble
            {
                Cause = IncidentCause.Certificate,
                Subject = site.Name,
                Title = ended ? $"The certificate of {site.Name} has ended" : FormattableString.Invariant($"The certificate of {site.Name} ends in {Days(left)}"),
                Reason = FormattableString.Invariant($"On {first.Target.Host.Name} it {(ended ? "ended" : "ends")} at {expires.UtcDateTime:yyyy-MM-dd HH:mm} UTC."),
                Severity = ended ? AlertSeverity.Critical : AlertSeverity.Warning,
                Since = snapshot.At,
                Sites = [site.Name],
                Link = $"https://{site.HostName}/",
            });
        }
    }

    private static string Days(TimeSpan left) => left.TotalDays < 2
        ? FormattableString.Invariant($"{Math.Max(1, left.TotalHours):0} h")
        : FormattableString.Invariant($"{Math.Floor(left.TotalDays):0} days");
}
