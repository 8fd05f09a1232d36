using System.Globalization;
using HostingOps.Engine.Watch;
using HostingOps.Engine.Watch.Metrics;
using HostingOps.Engine.Watch.Registration;
using HostingOps.Engine.Watch.Verdicts;
using HostingOps.Testing;

namespace HostingOps.Engine.Tests.Watch.Metrics;

/// <summary>What a scrape shows of a watcher, and that Prometheus's own tool can read it.</summary>
public sealed class MetricsPageTests : IDisposable
{
    private readonly ManualTimeProvider time = new(FakeView.Now);
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_site_s_verdict_is_one_among_all_states()
    {
        var page = Page(FakeView.Of(FakeView.Inventory(2), site => site.Name == "s1" ? WatchState.Down : WatchState.Healthy));
        var states = Samples(page, "hostingops_site_state").Where(static line => line.Contains("site=\"s1\"", StringComparison.Ordinal) && line.Contains("role=\"active\"", StringComparison.Ordinal)).ToArray();

        Assert.Equal(Enum.GetNames<WatchState>().Length, states.Length);
        Assert.Equal(["hostingops_site_state{site=\"s1\",host=\"h2\",role=\"active\",state=\"down\"} 1"], states.Where(static line => line.EndsWith(" 1", StringComparison.Ordinal)));
        Assert.Contains("hostingops_site_up{site=\"s1\",host=\"h2\",role=\"active\"} 0", page, StringComparison.Ordinal);
        Assert.Contains("hostingops_site_up{site=\"s0\",host=\"h0\",role=\"active\"} 1", page, StringComparison.Ordinal);
        Assert.Contains("hostingops_site_latency_seconds{site=\"s0\",host=\"h0\",role=\"active\"} 0.03125", page, StringComparison.Ordinal);
        Assert.DoesNotContain("hostingops_site_latency_seconds{site=\"s1\",host=\"h2\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_check_that_says_nothing_makes_no_site_up_or_down()
    {
        var view = FakeView.Of(FakeView.Inventory(1));
        view.Current = view.Current with { Targets = [.. view.Current.Targets.Select(static target => target with { Last = target.Last! with { Status = SiteStatus.Unknown } })] };
        Assert.Empty(Samples(Page(view), "hostingops_site_up"));
    }

    [Fact]
    public void A_certificate_that_has_ended_counts_below_zero_and_is_kept_while_the_host_is_silent()
    {
        var metrics = Metrics();
        var view = FakeView.Of(FakeView.Inventory(1), static _ => WatchState.Down);
        metrics.Checked(FakeView.Check(view.Current.Targets[0], certificate: FakeView.Now.AddDays(-2.5)));

        Assert.Contains("hostingops_site_certificate_left_seconds{site=\"s0\",host=\"h0\",role=\"active\"} -216000", Page(view, metrics), StringComparison.Ordinal);
        time.Advance(TimeSpan.FromDays(1));
        Assert.Contains("hostingops_site_certificate_left_seconds{site=\"s0\",host=\"h0\",role=\"active\"} -302400", Page(view, metrics), StringComparison.Ordinal);
    }

    [Fact]
    public void Latencies_are_counted_by_host_and_only_of_checks_that_were_answered()
    {
        var metrics = Metrics();
        var view = FakeView.Of(FakeView.Inventory(1));
        foreach (var milliseconds in new[] { 10.0, 10.1, 240, 20_000 })
        {
            metrics.Checked(FakeView.Check(view.Current.Targets[0], milliseconds: milliseconds));
        }

        metrics.Checked(FakeView.Check(view.Current.Targets[0], ObservationKind.Silent, 5_000));
        var page = Page(view, metrics);

        const string Bucket = "hostingops_check_duration_seconds_bucket{host=\"h0\",provider=\"digitalocean\",le=";
        foreach (var (bound, count) in new[] { ("0.01", 1), ("0.025", 2), ("0.1", 2), ("0.25", 3), ("10", 3), ("+Inf", 4) })
        {
            Assert.Contains($"{Bucket}\"{bound}\"}} {count}\n", page, StringComparison.Ordinal);
        }

        Assert.Contains("hostingops_check_duration_seconds_count{host=\"h0\",provider=\"digitalocean\"} 4\n", page, StringComparison.Ordinal);
        Assert.Contains("hostingops_check_duration_seconds_sum{host=\"h0\",provider=\"digitalocean\"} 20.2601\n", page, StringComparison.Ordinal);
        Assert.Contains("hostingops_checks_total{host=\"h0\",provider=\"digitalocean\",outcome=\"silent\"} 1\n", page, StringComparison.Ordinal);
        Assert.Contains("hostingops_checks_total{host=\"h0\",provider=\"digitalocean\",outcome=\"answers\"} 4\n", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Incidents_alerts_failovers_and_what_was_missed_are_told()
    {
        var figures = new WatchFigures
        {
            OpenIncidents = static () => [Incident(IncidentCause.Host), Incident(IncidentCause.Site), Incident(IncidentCause.Site)],
            AlertsUndelivered = static () => 4,
            Missed = new MissedRuns(3, FakeView.Now.AddMinutes(-30), TimeSpan.FromMinutes(5)),
            MovesSince = static start => start == FakeView.Now.AddMinutes(-10) ? new Dictionary<FailoverOutcome, long> { [FailoverOutcome.Succeeded] = 2, [FailoverOutcome.InProgress] = 1 } : null,
        };
        var page = Page(FakeView.Of(FakeView.Inventory(1)), Metrics(figures));

        foreach (var line in new[]
        {
            "hostingops_incidents_open{cause=\"site\"} 2", "hostingops_incidents_open{cause=\"host\"} 1", "hostingops_incidents_open{cause=\"observer\"} 0",
            "hostingops_alerts_undelivered 4", "hostingops_failovers_total{outcome=\"succeeded\"} 2", "hostingops_failovers_total{outcome=\"refused\"} 0",
            "hostingops_watcher_gap_seconds 1200", "hostingops_watcher_lag_seconds 0.0125",
            "hostingops_observer_ok 1", "hostingops_inventory_reload_ok 1", "hostingops_routing_ok 1", "hostingops_checks_begun_total 6000",
        })
        {
            Assert.Contains("\n" + line + "\n", page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void What_the_database_cannot_tell_is_left_out_and_is_no_zero()
    {
        var figures = new WatchFigures { OpenIncidents = static () => null, AlertsUndelivered = static () => null, MovesSince = static _ => null };
        var view = FakeView.Of(FakeView.Inventory(1));
        var page = Page(view, Metrics(figures));
        foreach (var name in new[] { "hostingops_incidents_open", "hostingops_alerts_undelivered", "hostingops_failovers_total" })
        {
            Assert.DoesNotContain(page.Split('\n'), line => line.StartsWith(name, StringComparison.Ordinal));
            Assert.Contains($"# TYPE {name} ", page, StringComparison.Ordinal);
        }

        var report = HostingOps.Engine.Watch.Status.WatchStatusReport.Of(view.Snapshot(), Metrics(figures), "ops@desk");
        Assert.Contains(report.Watcher.Problems, static problem => problem.Contains("database can't be read", StringComparison.Ordinal));
    }

    [Fact]
    public void Trouble_of_the_watcher_shows()
    {
        var view = FakeView.Of(FakeView.Inventory(1));
        view.Current = view.Current with { InventoryProblem = "a", ObserverProblem = "b", RoutingProblem = "c" };
        var page = Page(view);
        Assert.All(new[] { "hostingops_observer_ok 0", "hostingops_inventory_reload_ok 0", "hostingops_routing_ok 0" }, line => Assert.Contains(line, page, StringComparison.Ordinal));
    }

    [Fact]
    public void Labels_are_escaped()
    {
        var page = Page(FakeView.Of(FakeView.Inventory(1, "a\\b\"c\nd")));
        Assert.Contains("site=\"a\\\\b\\\"c\\nd\"", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("de-DE")]
    [InlineData("tr-TR")]
    public void It_reads_the_same_in_every_culture(string culture)
    {
        static string Stable(string page) => string.Join('\n', page.Split('\n').Where(static line => !line.StartsWith("process_", StringComparison.Ordinal)));
        var view = FakeView.Of(FakeView.Inventory(3));
        var usual = Stable(Page(view));
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
            Assert.Equal(usual, Stable(Page(view)));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void What_is_no_longer_watched_is_forgotten()
    {
        var metrics = Metrics();
        var all = FakeView.Of(FakeView.Inventory(3));
        foreach (var target in all.Current.Targets)
        {
            metrics.Checked(FakeView.Check(target, certificate: FakeView.Now));
        }

        var view = FakeView.Of(FakeView.Inventory(1));
        view.Current = view.Current with { Inventory = view.Current.Inventory with { Hosts = new Dictionary<string, SiteHost>() } };
        metrics.Forget(view.Current);
        Assert.Equal(["h0", "h1"], metrics.Hosts.Select(static pair => pair.Key).Order(StringComparer.Ordinal));
        Assert.Null(metrics.CertificateExpires(all.Current.Targets[4] with { Last = null }));
        Assert.NotNull(metrics.CertificateExpires(all.Current.Targets[0] with { Last = null }));
    }

    [SkippableFact]
    public async Task Promtool_reads_it_and_finds_nothing_to_say()
    {
        var promtool = RealPart.Require("promtool");
        var metrics = Metrics();
        var view = FakeView.Of(FakeView.Inventory(20, "it's \"{0}\" \\ ü"), static site => site.Name.Contains('3', StringComparison.Ordinal) ? WatchState.Down : WatchState.Suspect);
        foreach (var target in view.Current.Targets)
        {
            metrics.Checked(FakeView.Check(target, milliseconds: 1.5));
        }

        var (code, output, error) = await new LocalMachine().RunAsync(new RunStep([promtool, "check", "metrics"], Input: Page(view, metrics)), default);
        Assert.True(code == 0 && (output + error).Trim().Length == 0, output + error);
    }

    [SkippableFact]
    public async Task Promtool_takes_the_example_s_rules_and_every_metric_in_them_is_one_of_ours()
    {
        var promtool = RealPart.Require("promtool");
        var rules = RepositoryRoot.Combine("samples", "prometheus", "hostingops-rules.yml");
        var (code, output, error) = await new LocalMachine().RunAsync(new RunStep([promtool, "check", "rules", rules]), default);
        Assert.True(code == 0, output + error);

        var page = Page(FakeView.Of(FakeView.Inventory(1)));
        var used = System.Text.RegularExpressions.Regex.Matches(await File.ReadAllTextAsync(rules), @"\bhostingops_\w+").Select(static match => match.Value).Distinct().ToArray();
        Assert.NotEmpty(used);
        Assert.All(used, name => Assert.Contains($"# TYPE {name} ", page, StringComparison.Ordinal));
    }

    [Fact]
    public void The_documentation_lists_every_metric_and_no_other()
    {
        var page = Page(FakeView.Of(FakeView.Inventory(1)));
        var served = System.Text.RegularExpressions.Regex.Matches(page, @"(?m)^# TYPE (\S+)").Select(static match => match.Groups[1].Value);
        var listed = System.Text.RegularExpressions.Regex.Matches(File.ReadAllText(RepositoryRoot.Combine("docs", "metrics.md")), @"(?m)^\| `(\w+)").Select(static match => match.Groups[1].Value);
        Assert.Equal(served.Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
    }

    private static HostingIncident Incident(IncidentCause cause) => new() { Id = "1", Cause = cause, Subject = "x", Reason = "y", OpenedAt = FakeView.Now };

    private static IEnumerable<string> Samples(string page, string name) => page.Split('\n').Where(line => line.StartsWith(name + "{", StringComparison.Ordinal));

    private WatchMetrics Metrics(WatchFigures? figures = null) => new(null, "ops@desk", figures ?? new WatchFigures(), static _ => { }, SilentReporter.Instance, time);

    private string Page(FakeView view, WatchMetrics? metrics = null)
    {
        var writer = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        new MetricsPage(metrics ?? Metrics(), time).Write(new MetricsText(writer, openMetrics: false), view.Snapshot());
        return writer.ToString();
    }
}
