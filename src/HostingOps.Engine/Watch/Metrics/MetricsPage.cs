using System.Diagnostics;
using System.Reflection;
using HostingOps.Engine.Watch.Verdicts;

namespace HostingOps.Engine.Watch.Metrics;

/// <summary>The page at <c>/metrics</c>. Names are kept for ever; docs/metrics.md lists them.</summary>
internal sealed class MetricsPage(WatchMetrics metrics, TimeProvider time)
{
    private static readonly WatchState[] States = Enum.GetValues<WatchState>();
    private static readonly ObservationKind[] Kinds = Enum.GetValues<ObservationKind>();
    private static readonly string[] StateNames = [.. States.Select(static state => Word(state))];
    private static readonly string Version =
        typeof(MetricsPage).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "";

    /// <summary>Writes all of it.</summary>
    public void Write(MetricsText text, WatcherSnapshot snapshot)
    {
        var now = time.GetUtcNow();
        Watcher(text, snapshot);
        Others(text, snapshot);
        Hosts(text, snapshot);
        Sites(text, snapshot, now);
        ThisProcess(text);
        text.End();
    }

    private void Watcher(MetricsText text, WatcherSnapshot snapshot)
    {
        One(text, "hostingops_build_info", "The version that runs; always 1.", 1, ("version", Version), ("runtime", Environment.Version.ToString()));
        One(text, "hostingops_watcher_start_time_seconds", "When the watcher began, in Unix time.", Unix(snapshot.StartedAt));
        One(text, "hostingops_watcher_lag_seconds", "How late the latest checks began: the worst of the last minute.", snapshot.Lag.TotalSeconds);
        One(text, "hostingops_watcher_gap_seconds", "How long nothing was watched before this watcher began; 0 when no run was missed.", Gap(snapshot));
        One(text, "hostingops_checks_under_way", "Checks that have begun and not ended.", snapshot.ChecksUnderWay);
        text.Counter("hostingops_checks_begun_total", "Checks begun since the watcher began.");
        text.Sample("hostingops_checks_begun_total", snapshot.ChecksBegun);
        One(text, "hostingops_inventory_reload_ok", "1 when the inventory in use is the file as it is now, 0 when the file can't be used.", Flag(snapshot.InventoryProblem is null));
        One(text, "hostingops_inventory_read_time_seconds", "When the inventory in use was read, in Unix time.", Unix(snapshot.InventoryReadAt));
        One(text, "hostingops_inventory_sites", "Sites in the inventory in use.", snapshot.Inventory.Sites.Count);
        One(text, "hostingops_observer_ok", "0 while this machine's own view is in doubt, and nothing is concluded.", Flag(snapshot.ObserverProblem is null));
        One(text, "hostingops_routing_ok", "0 while Route 53 can't be asked which hosts are active.", Flag(snapshot.RoutingProblem is null));
    }

    private void Others(MetricsText text, WatcherSnapshot snapshot)
    {
        // What the database can't tell is left out: a 0 would say that all is well.
        var open = metrics.Figures.OpenIncidents()?.GroupBy(static incident => incident.Cause).ToDictionary(static group => group.Key, static group => group.Count());
        text.Gauge("hostingops_incidents_open", "Incidents that are open, by cause.");
        foreach (var cause in open is null ? [] : Enum.GetValues<IncidentCause>())
        {
            text.Sample("hostingops_incidents_open", open!.GetValueOrDefault(cause), ("cause", Word(cause)));
        }

        text.Gauge("hostingops_alerts_undelivered", "Alerts that have reached nobody yet, those given up included.");
        if (metrics.Figures.AlertsUndelivered() is { } undelivered)
        {
            text.Sample("hostingops_alerts_undelivered", undelivered);
        }

        var moves = metrics.Figures.MovesSince(snapshot.StartedAt);
        text.Counter("hostingops_failovers_total", "Sites' moves begun since the watcher began and ended, by outcome, from the journal.");
        foreach (var outcome in moves is null ? [] : Enum.GetValues<FailoverOutcome>().Where(static outcome => outcome != FailoverOutcome.InProgress))
        {
            text.Sample("hostingops_failovers_total", moves!.GetValueOrDefault(outcome), ("outcome", Word(outcome)));
        }
    }

    private void Hosts(MetricsText text, WatcherSnapshot snapshot)
    {
        var hosts = metrics.Hosts.OrderBy(static pair => pair.Key, StringComparer.Ordinal).ToArray();
        string Provider(string host) => snapshot.Inventory.Hosts.GetValueOrDefault(host)?.Provider ?? "";
        text.Counter("hostingops_checks_total", "Checks ended since the watcher began, by what they are evidence of.");
        foreach (var (host, figures) in hosts)
        {
            foreach (var kind in Kinds)
            {
                text.Sample("hostingops_checks_total", figures.Checks(kind), ("host", host), ("provider", Provider(host)), ("outcome", Word(kind)));
            }
        }

        const string Latency = "hostingops_check_duration_seconds";
        text.Histogram(Latency, "How long the checks took that were answered, redirects included.");
        foreach (var (host, figures) in hosts)
        {
            var (counts, sum) = figures.Latency();
            for (var at = 0; at < counts.Length; at++)
            {
                var bound = at < HostFigures.Bounds.Count ? MetricsText.Number(HostFigures.Bounds[at]) : "+Inf";
                text.Sample(Latency + "_bucket", counts[at], ("host", host), ("provider", Provider(host)), ("le", bound));
            }

            text.Sample(Latency + "_sum", sum, ("host", host), ("provider", Provider(host)));
            text.Sample(Latency + "_count", counts[^1], ("host", host), ("provider", Provider(host)));
        }
    }

    private void Sites(MetricsText text, WatcherSnapshot snapshot, DateTimeOffset now)
    {
        text.Gauge("hostingops_site_state", "The verdict: 1 for the state that holds, 0 for the others.");
        foreach (var target in snapshot.Targets)
        {
            for (var at = 0; at < States.Length; at++)
            {
                text.Sample(
                    "hostingops_site_state",
                    Flag(target.Verdict.State == States[at]),
                    ("site", target.Target.Site.Name),
                    ("host", target.Target.Host.Name),
                    ("role", Word(target.Target.Role)),
                    ("state", StateNames[at]));
            }
        }

        Each(text, snapshot, "hostingops_site_up", "Whether the last check got the site; absent when it said nothing.", static target =>
            target.Last?.Status switch { null or SiteStatus.Unknown => null, SiteStatus.Down => 0, _ => 1 });
        Each(text, snapshot, "hostingops_site_latency_seconds", "How long the last check took that was answered.", static target =>
            target.Last is { Status: SiteStatus.Healthy or SiteStatus.Degraded } last ? last.Timings.Total / 1000 : null);
        Each(text, snapshot, "hostingops_site_last_check_time_seconds", "When the last check began, in Unix time.", static target =>
            target.Last is { } last ? Unix(last.CheckedAt) : null);
        Each(text, snapshot, "hostingops_site_certificate_left_seconds", "Time until the certificate ends; negative once it has ended.", target =>
            metrics.CertificateExpires(target) is { } end ? Math.Round((end - now).TotalSeconds) : null);
    }

    private static void Each(MetricsText text, WatcherSnapshot snapshot, string name, string help, Func<WatchedTarget, double?> value)
    {
        text.Gauge(name, help);
        foreach (var target in snapshot.Targets)
        {
            if (value(target) is { } number)
            {
                text.Sample(name, number, ("site", target.Target.Site.Name), ("host", target.Target.Host.Name), ("role", Word(target.Target.Role)));
            }
        }
    }

    private static void ThisProcess(MetricsText text)
    {
        using var process = Process.GetCurrentProcess();
        One(text, "process_start_time_seconds", "When the process began, in Unix time.", Unix(process.StartTime));
        One(text, "process_resident_memory_bytes", "Memory of the process that is in RAM.", process.WorkingSet64);
        text.Counter("process_cpu_seconds_total", "Processor time of the process.");
        text.Sample("process_cpu_seconds_total", process.TotalProcessorTime.TotalSeconds);
    }

    private static void One(MetricsText text, string name, string help, double value, params ReadOnlySpan<(string, string)> labels)
    {
        text.Gauge(name, help);
        text.Sample(name, value, labels);
    }

    private double Gap(WatcherSnapshot snapshot) =>
        metrics.Figures.Missed is { } missed ? Math.Max(0, (snapshot.StartedAt - missed.Last).TotalSeconds) : 0;

    private static double Flag(bool holds) => holds ? 1 : 0;

    private static double Unix(DateTimeOffset at) => at.ToUnixTimeMilliseconds() / 1000.0;

    // tr-TR has another lower-case i.
    private static string Word<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}
