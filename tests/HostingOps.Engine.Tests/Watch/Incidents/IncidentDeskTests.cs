using HostingOps.Engine.Alerts;
using HostingOps.Engine.Tests.Alerts;
using HostingOps.Engine.Watch;
using HostingOps.Engine.Watch.Incidents;
using HostingOps.Engine.Watch.Verdicts;
using HostingOps.Testing;
using static HostingOps.Engine.Tests.TestSites;

namespace HostingOps.Engine.Tests.Watch.Incidents;

public sealed class IncidentDeskTests : IDisposable
{
    private readonly AlertWorld world = new();
    private readonly WebReceiver web = new();
    private readonly HostedSite[] sites = [.. Enumerable.Range(0, 40).Select(static number => Site($"s{number}") with { Policy = new SitePolicy { Automatic = number > 1 } })];

    public void Dispose()
    {
        web.Dispose();
        world.Dispose();
    }

    [Fact]
    public async Task A_dead_host_is_one_alert_with_the_command_for_whom_only_a_person_may_move_and_one_recovery_across_restarts()
    {
        await using var view = View();
        All(view, WatchState.Down);

        // Each run is a process of its own, as cron begins them.
        await RunOnceAsync(view);
        world.Time.Advance(TimeSpan.FromMinutes(1));
        await RunOnceAsync(view);
        var down = Assert.Single(web.Requests).Json;
        Assert.Equal(("down", "do-1 is down with 40 sites", "critical"), (Text(down, "event"), Text(down, "title"), Text(down, "severity")));
        Assert.Equal("Invoke-SiteFailover s0, s1 -InventoryPath '/etc/hosting.yml'", Text(down, "command"));
        Assert.Contains("With the agent: hostingops failover s0 s1 --inventory /etc/hosting.yml", Text(down, "text"), StringComparison.Ordinal);
        var open = Assert.Single(view.Workspace.GetIncidents(openOnly: true, 10));
        Assert.Equal((IncidentCause.Host, "do-1", 40, Text(down, "incident")), (open.Cause, open.Subject, open.Sites.Count, open.Id));

        All(view, WatchState.Recovering);
        world.Time.Advance(TimeSpan.FromMinutes(1));
        await RunOnceAsync(view);
        Assert.Single(web.Requests);

        All(view, WatchState.Healthy);
        world.Time.Advance(TimeSpan.FromMinutes(1));
        await RunOnceAsync(view);
        world.Time.Advance(TimeSpan.FromMinutes(1));
        await RunOnceAsync(view);
        Assert.Equal(2, web.Requests.Count);
        var up = web.Requests.Last().Json;
        Assert.Equal(("recovered", "Resolved: do-1 is down with 40 sites", open.Id), (Text(up, "event"), Text(up, "title"), Text(up, "incident")));
        Assert.Contains("do-1 answers again. It lasted for 3 min.", Text(up, "text"), StringComparison.Ordinal);
        Assert.Empty(view.Workspace.GetIncidents(openOnly: true, 10));
        Assert.Equal("do-1 answers again.", Assert.Single(view.Workspace.GetIncidents(openOnly: false, 10)).Ending);
    }

    [Fact]
    public async Task A_site_that_is_served_elsewhere_is_over_and_its_old_host_is_a_standby_that_could_not_take_over()
    {
        await using var view = View();
        All(view, WatchState.Healthy);
        view.Set(sites[5], DigitalOcean, WatchState.Down);
        view.Set(sites[5], Linode, WatchState.Healthy, isActive: false);
        await RunOnceAsync(view);
        view.Set(sites[5], DigitalOcean, WatchState.Down, isActive: false);
        view.Set(sites[5], Linode, WatchState.Healthy);
        world.Time.Advance(TimeSpan.FromMinutes(1));
        await RunOnceAsync(view);

        Assert.Equal(
            ["down s5 is down on do-1", "recovered Resolved: s5 is down on do-1", "standby s5 could not move to do-1, its standby"],
            web.Requests.Select(static request => $"{Text(request.Json, "event")} {Text(request.Json, "title")}").Order(StringComparer.Ordinal));
        Assert.Contains("It is served by li-1, and answers.", Text(web.Requests.Single(static request => Text(request.Json, "event") == "recovered").Json, "text"), StringComparison.Ordinal);
        Assert.Null(Text(web.Requests.First().Json, "command"));
    }

    [Fact]
    public async Task In_the_loop_the_sites_of_a_host_become_one_alert_after_a_short_wait()
    {
        await using var view = View();
        All(view, WatchState.Healthy);
        var room = world.Room(view.Workspace.Inventory);
        var desk = new IncidentDesk(room, world.Time);
        using var stop = new CancellationTokenSource();
        var running = desk.RunAsync(view, stop.Token);
        view.Set(sites[0], DigitalOcean, WatchState.Down);
        desk.Changed(Fell(sites[0]));
        for (var number = 0; desk.Open.Count == 0 && number < 3000; number++)
        {
            world.Time.Advance(TimeSpan.FromMilliseconds(250));
            if (number == 4)
            {
                All(view, WatchState.Down);
                desk.Changed(Fell(sites[0]));
            }

            await Task.Delay(10);
        }

        // From here on the clock stands still, or a slow machine would let the request time out and go again.
        await web.NextAsync();
        await stop.CancelAsync();
        await running.WaitAsync(Eventually.Patience);
        Assert.Equal("do-1 is down with 40 sites", Text(Assert.Single(web.Requests).Json, "title"));
        Assert.Equal(IncidentCause.Host, Assert.Single(desk.Open).Cause);
    }

    [Fact]
    public async Task When_this_machine_is_in_doubt_the_incident_says_why_and_no_other_begins_or_ends()
    {
        await using var view = View();
        All(view, WatchState.Healthy);
        view.Set(sites[0], DigitalOcean, WatchState.Down);
        await RunOnceAsync(view);
        All(view, WatchState.Unknown);
        view.ObserverProblem = "None of the observer checks answers: https://a.example, https://b.example.";
        world.Time.Advance(TimeSpan.FromMinutes(1));
        await RunOnceAsync(view);
        Assert.Equal(["s0 is down on do-1", "The watcher's own view is in doubt: nothing is moved"], Titles());
        Assert.Contains("None of the observer checks answers", Text(web.Requests.Last().Json, "text"), StringComparison.Ordinal);
        Assert.Equal(2, view.Workspace.GetIncidents(openOnly: true, 10).Count);

        view.ObserverProblem = null;
        All(view, WatchState.Healthy);
        world.Time.Advance(TimeSpan.FromMinutes(1));
        await RunOnceAsync(view);
        Assert.Equal(4, web.Requests.Count);
        Assert.Empty(view.Workspace.GetIncidents(openOnly: true, 10));
    }

    [Fact]
    public async Task A_certificate_is_told_when_it_ends_soon_when_it_has_ended_and_when_it_is_renewed()
    {
        await using var view = View();
        var ends = world.Time.GetUtcNow().AddDays(13);
        async Task DayAsync(int day, DateTimeOffset certificate)
        {
            world.Time.Advance(TimeSpan.FromDays(day));
            view.Set(sites[0], DigitalOcean, WatchState.Healthy, certificate: certificate);
            await RunOnceAsync(view);
        }

        await DayAsync(0, ends);
        await DayAsync(6, ends);
        await DayAsync(8, ends);
        await DayAsync(1, ends.AddDays(90));

        Assert.Equal(
            ["The certificate of s0 ends in 13 days", "Still: The certificate of s0 ends in 7 days", "The certificate of s0 has ended", "Resolved: The certificate of s0 has ended"],
            Titles());
        Assert.Equal(["certificate", "certificate", "certificate", "recovered"], web.Requests.Select(static request => Text(request.Json, "event")));
    }

    [Fact]
    public async Task The_watchers_own_troubles_are_one_incident_each()
    {
        await using var view = View();
        view.InventoryProblem = "hosting.yml:3:1: error INV001: not YAML.";
        view.RoutingProblem = "Route 53 did not answer.";
        view.Lag = TimeSpan.FromMinutes(3);
        await RunOnceAsync(view);

        Assert.Equal(["The inventory can't be read: the last good one stays in use", "The watcher is in trouble"], Titles().Order(StringComparer.Ordinal));
        var trouble = Text(web.Requests.Single(static request => Text(request.Json, "title") == "The watcher is in trouble").Json, "text");
        Assert.Contains("Route 53 did not answer. Checks begin up to 180 s late", trouble, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_posted_after_the_desk_has_settled_is_sent_in_the_same_run_and_nothing_is_sent_before()
    {
        await using var view = View();
        All(view, WatchState.Down);
        using AlertRoom room = world.Room(view.Workspace.Inventory);
        await new IncidentDesk(room, world.Time) { SendsWhenSettled = false }.SettleAsync(view, default);
        Assert.Empty(web.Requests);
        room.Post(new HostingAlert { Event = AlertEvent.Failover, Severity = AlertSeverity.Critical, IncidentId = "moved", Title = "s0 was moved", Text = "It is on li-1.", Sites = ["s0"], At = world.Time.GetUtcNow() });
        await new LastAlerts(room, world.Said).SettleAsync(view, default);
        Assert.Equal(["do-1 is down with 40 sites", "s0 was moved"], Titles().Order(StringComparer.Ordinal));
        Assert.IsType<LastAlerts>(view.Workspace.WatchListeners(new WatchOptions())[^1]);
    }

    [Fact]
    public async Task Without_a_state_database_people_are_told_all_the_same_and_what_lasts_is_remembered_once_it_is_back()
    {
        var path = world.StatePath;
        await File.WriteAllTextAsync(path, "");
        await using var view = View();
        world.StatePath = Path.Combine(path, "not", "a", "folder");
        All(view, WatchState.Down);
        var room = world.Room(view.Workspace.Inventory);
        var desk = new IncidentDesk(room, world.Time);
        await desk.SettleAsync(view, default);
        await desk.SettleAsync(view, default);
        Assert.Equal(["The watcher is in trouble", "do-1 is down with 40 sites"], Titles().Order(StringComparer.Ordinal));
        Assert.Contains("state database can't be written", Text(web.Requests.Single(static request => Text(request.Json, "title") == "The watcher is in trouble").Json, "text"), StringComparison.Ordinal);

        File.Delete(path);
        world.StatePath = path;
        world.Time.Advance(TimeSpan.FromMinutes(1));
        await desk.SettleAsync(view, default);
        await desk.SettleAsync(view, default);

        Assert.Equal("Resolved: The watcher is in trouble", Titles()[^1]);
        Assert.Equal(3, web.Requests.Count);
        Assert.Equal("do-1", Assert.Single(view.Workspace.GetIncidents(openOnly: true, 10)).Subject);
        All(view, WatchState.Healthy);
        await RunOnceAsync(view);
        Assert.Equal("Resolved: do-1 is down with 40 sites", Titles()[^1]);
    }

    [Theory]
    [InlineData(WatchState.Maintenance)]
    [InlineData(WatchState.Paused)]
    public async Task A_dead_host_of_which_nothing_is_watched_any_more_ends_and_says_why(WatchState state)
    {
        await using var view = View();
        All(view, WatchState.Down);
        await RunOnceAsync(view);
        view.Set(sites[0], DigitalOcean, state);
        for (var number = 1; number < sites.Length; number++)
        {
            view.Set(sites[number], DigitalOcean, number == 1 ? WatchState.Recovering : state);
        }

        world.Time.Advance(TimeSpan.FromMinutes(5));
        await RunOnceAsync(view);
        Assert.Single(web.Requests);
        All(view, state);
        world.Time.Advance(TimeSpan.FromMinutes(5));
        await RunOnceAsync(view);

        Assert.Equal("Resolved: do-1 is down with 40 sites", Titles()[^1]);
        Assert.Contains("Nothing is concluded of any site there any more", Text(web.Requests.Last().Json, "text"), StringComparison.Ordinal);
        Assert.Empty(view.Workspace.GetIncidents(openOnly: true, 10));
    }

    [Fact]
    public async Task Nobody_is_said_to_be_served_while_it_is_not_known_where_visitors_are_sent()
    {
        await using var view = View();
        All(view, WatchState.Healthy);
        view.Set(sites[5], DigitalOcean, WatchState.Down, isActive: false);
        await RunOnceAsync(view);

        var told = Assert.Single(web.Requests).Json;
        Assert.Equal("s5 is down on do-1, and where visitors are sent is not known", Text(told, "title"));
        Assert.DoesNotContain("Visitors are served", Text(told, "text"), StringComparison.Ordinal);
        Assert.Contains("No host is known to be the active one", Text(told, "text"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_certificates_of_a_host_that_end_on_one_day_are_one_alert()
    {
        await using var view = View();
        var ends = world.Time.GetUtcNow().Date.AddDays(13);
        foreach (var (site, number) in sites.Select(static (site, number) => (site, number)))
        {
            view.Set(site, DigitalOcean, WatchState.Healthy, certificate: new DateTimeOffset(ends, TimeSpan.Zero).AddDays(number == 7 ? -2 : 0).AddMinutes(number));
        }

        await RunOnceAsync(view);

        Assert.Equal(["The certificate of s7 ends in", "The certificates of 39 sites on do-1 end in"], Titles().Select(static title => title[..(title.IndexOf(" in ", StringComparison.Ordinal) + 3)]).Order(StringComparer.Ordinal));
        Assert.Equal(["do-1", "s7"], view.Workspace.GetIncidents(openOnly: true, 10).Select(static incident => incident.Subject).Order(StringComparer.Ordinal));

        world.Time.Advance(TimeSpan.FromMinutes(1));
        foreach (var site in sites)
        {
            view.Set(site, DigitalOcean, WatchState.Healthy, certificate: world.Time.GetUtcNow().AddDays(90));
        }

        await RunOnceAsync(view);
        Assert.Empty(view.Workspace.GetIncidents(openOnly: true, 10));
        Assert.Equal(4, web.Requests.Count);
    }

    [Fact]
    public async Task When_the_sending_fails_the_desk_does_too_so_that_it_begins_again()
    {
        await using var view = View();
        All(view, WatchState.Healthy);
        var desk = new IncidentDesk(world.Room(view.Workspace.Inventory), world.Time);

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => desk.RunAsync(new Homeless(view), default).WaitAsync(TimeSpan.FromMinutes(1)));
        Assert.Equal("no workspace", failure.Message);
    }

    [Theory]
    [InlineData("/etc/hosting.yml", "Invoke-SiteFailover acme, bäckerei -InventoryPath '/etc/hosting.yml'", "hostingops failover acme 'bäckerei' --inventory /etc/hosting.yml")]
    [InlineData("/srv/it's \u2019here\u2018; $(x)/hosting.yml", "Invoke-SiteFailover acme, bäckerei -InventoryPath '/srv/it''s \u2019\u2019here\u2018\u2018; $(x)/hosting.yml'", "hostingops failover acme 'bäckerei' --inventory '/srv/it'\\''s \u2019here\u2018; $(x)/hosting.yml'")]
    [InlineData(null, "Invoke-SiteFailover acme, bäckerei", "hostingops failover acme 'bäckerei'")]
    public void The_commands_are_quoted_for_their_shells(string? path, string powerShell, string agent)
    {
        Assert.Equal(powerShell.Replace("bäckerei", "'bäckerei'", StringComparison.Ordinal), FailoverCommand.PowerShell(["acme", "bäckerei"], path));
        Assert.Equal(agent, FailoverCommand.Agent(["acme", "bäckerei"], path));
        Assert.Equal("Invoke-SiteFailover '1-2', acme", FailoverCommand.PowerShell(["1-2", "acme"], null));
    }

    private StagedView View() => new(world, AlertWorld.Inventory(web.Channel()) with { Sites = sites });

    private void All(StagedView view, WatchState state)
    {
        foreach (var site in sites)
        {
            view.Set(site, DigitalOcean, state);
        }
    }

    private async Task RunOnceAsync(StagedView view)
    {
        using AlertRoom room = world.Room(view.Workspace.Inventory);
        await new IncidentDesk(room, world.Time).SettleAsync(view, default);
    }

    private static VerdictChange Fell(HostedSite site) => new(
        new WatchTarget(site, DigitalOcean, WatchRole.Active), WatchState.Suspect, TargetVerdict.Initial with { State = WatchState.Down }, null);

    private string[] Titles() => web.Requests.Select(static request => Text(request.Json, "title")).ToArray();

    private static string Text(System.Text.Json.JsonElement json, string name) => json.GetProperty(name).GetString()!;

    /// <summary>A view that can be looked at, while what sends alerts gets no inventory.</summary>
    private sealed class Homeless(StagedView view) : IWatchView
    {
        public HostingWorkspace Workspace => throw new InvalidOperationException("no workspace");

        public WatcherSnapshot Snapshot() => view.Snapshot();

        public void CheckSoon(IReadOnlyCollection<string> hostNames)
        {
        }

        public void ReadRoutingSoon(IReadOnlyCollection<string> siteNames)
        {
        }
    }
}
