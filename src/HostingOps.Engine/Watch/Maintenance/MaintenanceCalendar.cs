using HostingOps.Engine.Inventory;

namespace HostingOps.Engine.Watch.Maintenance;

/// <summary>
/// All windows of an inventory. What it answers depends on the windows, the site, the host and the time alone. Safe for several threads.
/// </summary>
internal sealed class MaintenanceCalendar
{
    // Windows that follow one another for ever have no end to be found.
    private const int MostInARow = 100;

    private readonly List<Entry> entries;

    /// <summary>Reads the windows.</summary>
    /// <exception cref="ArgumentException">A weekly window in an unknown time zone.</exception>
    public MaintenanceCalendar(IReadOnlyList<MaintenanceWindow> windows)
    {
        ArgumentNullException.ThrowIfNull(windows);
        entries = windows.Select(static window => new Entry(window)).ToList();
    }

    /// <summary>Whether a site on a host is in maintenance at that time, and until when that holds.</summary>
    public MaintenanceState At(HostedSite site, SiteHost host, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(site);
        ArgumentNullException.ThrowIfNull(host);
        if (entries.Count == 0)
        {
            return default;
        }

        MaintenanceWindow? holds = null;
        DateTimeOffset? next = null;
        var until = now;
        var concerned = entries.FindAll(entry => entry.Concerns(site, host));
        for (var i = 0; i < MostInARow; i++)
        {
            var reached = until;
            foreach (var entry in concerned)
            {
                if (entry.At(reached, keep: i == 0) is not { } occurrence)
                {
                    continue;
                }

                if (occurrence.From <= reached)
                {
                    holds ??= entry.Window;
                    until = occurrence.To > until ? occurrence.To : until;
                }
                else if (holds is null)
                {
                    next = next < occurrence.From ? next : occurrence.From;
                }
            }

            if (until == reached)
            {
                break;
            }
        }

        return holds is null ? new MaintenanceState(null, next) : new MaintenanceState(holds, until);
    }

    private sealed class Entry(MaintenanceWindow window)
    {
        private readonly MaintenanceSchedule schedule = new(window);
        private readonly List<NamePattern> sites = window.Sites.Select(NamePattern.Parse).ToList();
        private readonly bool everything = window.Sites.Count == 0 && window.Hosts.Count == 0 && window.Providers.Count == 0;
        private volatile Found? last;

        public MaintenanceWindow Window => window;

        public bool Concerns(HostedSite site, SiteHost host) =>
            everything
            || sites.Exists(pattern => pattern.IsMatch(site.Name))
            || window.Hosts.Contains(host.Name, StringComparer.OrdinalIgnoreCase)
            || window.Providers.Contains(host.Provider, StringComparer.OrdinalIgnoreCase);

        // Thousands of sites ask within seconds, and a time zone's rules are slow to look up.
        public (DateTimeOffset From, DateTimeOffset To)? At(DateTimeOffset now, bool keep)
        {
            if (!keep)
            {
                return schedule.At(now);
            }

            var known = last;
            if (known is null || now < known.AskedAt || now >= (known.Occurrence is not { } next ? DateTimeOffset.MaxValue : next.From > known.AskedAt ? next.From : next.To))
            {
                known = new Found(now, schedule.At(now));
                last = known;
            }

            return known.Occurrence;
        }

        private sealed record Found(DateTimeOffset AskedAt, (DateTimeOffset From, DateTimeOffset To)? Occurrence);
    }
}
