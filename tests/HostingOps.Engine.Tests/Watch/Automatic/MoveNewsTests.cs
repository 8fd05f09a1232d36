using HostingOps.Engine.Watch.Automatic;
using HostingOps.Testing;

namespace HostingOps.Engine.Tests.Watch.Automatic;

/// <summary>What people are told of moves after their process died, and of the end of what they were told.</summary>
public sealed class MoveNewsTests
{
    [Fact]
    public async Task A_move_whose_process_died_before_it_told_anybody_is_told_once()
    {
        var world = new MoveWorld(sites: 3);
        world.SitesToldBefore["failover-MINE"] = ["site1"];
        foreach (var site in new[] { "site1", "site2", "site3" })
        {
            world.History.Add(world.Entry(site, FailoverKind.Failover, FailoverOutcome.Succeeded, TimeSpan.FromMinutes(5), id: "MINE"));
        }

        var listener = world.Listener();
        await listener.SettleAsync(world, CancellationToken.None).WaitAsync(Eventually.Patience);
        await listener.SettleAsync(world, CancellationToken.None).WaitAsync(Eventually.Patience);

        var alert = Assert.Single(world.Told);
        Assert.Equal(("failover-MINE", "2 sites were moved from do-1 to li-1"), (alert.IncidentId, alert.Title));
        Assert.Equal(["site2", "site3"], alert.Sites);
    }

    [Fact]
    public async Task What_a_person_moved_what_failed_and_what_is_old_is_no_news()
    {
        var world = new MoveWorld(sites: 3);
        world.History.Add(world.Entry("site1", FailoverKind.Failover, FailoverOutcome.Succeeded, TimeSpan.FromMinutes(5), by: "anna@desk", id: "HERS"));
        world.History.Add(world.Entry("site2", FailoverKind.Failover, FailoverOutcome.Failed, TimeSpan.FromMinutes(5), id: "FAILED"));
        world.History.Add(world.Entry("site3", FailoverKind.Failover, FailoverOutcome.Succeeded, TimeSpan.FromDays(2), id: "OLD"));
        foreach (var id in new[] { "HERS", "FAILED", "OLD" })
        {
            world.SitesToldBefore[$"failover-{id}"] = [];
        }

        await world.Listener().SettleAsync(world, CancellationToken.None).WaitAsync(Eventually.Patience);

        Assert.Empty(world.Told);
    }

    [Fact]
    public async Task A_site_whose_operation_is_still_under_way_with_others_is_told_with_them()
    {
        var world = new MoveWorld(sites: 2);
        var hooks = new TaskCompletionSource();
        world.WhileMoving = _ => hooks.Task;
        await using var run = new RunningWatch(world, new AutomaticOptions { LongestWait = TimeSpan.FromSeconds(20) });
        await RunningWatch.WaitAsync(() => world.CutOffAsked == 1);
        world.Set("site2", WatchState.Down);
        run.Down("site1");
        await RunningWatch.WaitAsync(() => world.Invoked.Count == 1);

        // The journal has the end of the first, and nobody was told yet.
        world.SitesToldBefore["failover-OP1"] = [];
        lock (world.History)
        {
            world.History.Add(world.Entry("site1", FailoverKind.Failover, FailoverOutcome.Succeeded, TimeSpan.Zero, id: "OP1"));
        }

        var looks = world.CutOffAsked;
        await run.UntilAsync(() => world.CutOffAsked >= looks + 3);
        Assert.Empty(world.Told);
        run.Set("site1", WatchState.Healthy);
        run.Set("site2", WatchState.Healthy);
        hooks.SetResult();
        await RunningWatch.WaitAsync(() => world.Told.Count == 1);

        looks = world.CutOffAsked;
        await run.UntilAsync(() => world.CutOffAsked >= looks + 3);
        Assert.Equal(["site1", "site2"], Assert.Single(world.Told).Sites);
    }

    [Fact]
    public async Task What_is_cut_off_while_it_is_looked_for_such_is_looked_for_again()
    {
        var world = new MoveWorld();
        var looking = new TaskCompletionSource();
        world.WhileLooking = () => looking.Task;
        world.WhileMoving = _ => throw new InvalidOperationException("cut off");
        await using var run = new RunningWatch(world, new AutomaticOptions { LongestWait = TimeSpan.FromDays(30), FirstWait = TimeSpan.FromMinutes(1) });
        await RunningWatch.WaitAsync(() => world.CutOffAsked == 1);
        run.Down("site1");
        await RunningWatch.WaitAsync(() => world.CutOffAsked == 2);
        lock (world.CutOff)
        {
            world.CutOff.Add(world.Entry("site1", FailoverKind.Failover, FailoverOutcome.InProgress, TimeSpan.Zero, step: FailoverStep.Switch, id: "MINE"));
        }

        run.Set("site1", WatchState.Healthy);
        looking.SetResult();

        await run.UntilAsync(() => world.Resumed.Count == 1);
        Assert.InRange((world.Clock.GetUtcNow() - world.Snapshot().StartedAt).TotalDays, 0, 1);
    }

    [Fact]
    public async Task What_could_not_be_finished_yet_is_tried_again_also_when_the_clock_was_set_back()
    {
        var world = new MoveWorld { ResumeEnds = FailoverOutcome.Unknown };
        world.CutOff.Add(world.Entry("site1", FailoverKind.Failover, FailoverOutcome.InProgress, TimeSpan.Zero, step: FailoverStep.Switch, id: "MINE"));
        await using var run = new RunningWatch(world);
        await RunningWatch.WaitAsync(() => world.Resumed.Count == 1);

        world.Clock.Set(TimeSpan.FromDays(-30));
        var set = world.Clock.GetUtcNow();
        await run.UntilAsync(() => world.Resumed.Count == 3);

        Assert.InRange((world.Clock.GetUtcNow() - set).TotalDays, 0, 1);
    }

    [Fact]
    public async Task What_a_person_leaves_behind_while_the_watch_runs_is_told_too()
    {
        var world = new MoveWorld();
        await using var run = new RunningWatch(world);
        await RunningWatch.WaitAsync(() => world.CutOffAsked == 1);
        lock (world.CutOff)
        {
            world.CutOff.Add(world.Entry("site1", FailoverKind.Failover, FailoverOutcome.InProgress, TimeSpan.Zero, by: "anna@desk", id: "HERS"));
            world.History.Add(world.CutOff[0]);
        }

        await run.UntilAsync(() => !world.Told.IsEmpty);

        Assert.Equal("Operation HERS was cut off with site1", Assert.Single(world.Told).Title);
    }

    [Fact]
    public async Task Whatever_breaks_the_look_for_what_was_begun_a_move_that_failed_is_told()
    {
        var world = new MoveWorld { WhileLooking = static () => throw new InvalidOperationException("unforeseen") };
        world.WhileMoving = static _ => throw new InvalidOperationException("the operation broke");
        world.Set("site1", WatchState.Down);

        await world.Listener().SettleAsync(world, CancellationToken.None).WaitAsync(Eventually.Patience);

        Assert.Contains("the operation broke", Assert.Single(world.Told).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_a_refusal_outside_of_incidents_the_end_is_told_once_the_site_answers()
    {
        var world = new MoveWorld(sites: 2);
        world.Set("site1", WatchState.Down);
        world.Planning = (site, options) => world.Plan(site, options, MoveWorld.Refused(GateName.Cooldown));
        var listener = world.Listener();
        await listener.SettleAsync(world, CancellationToken.None).WaitAsync(Eventually.Patience);
        var refused = Assert.Single(world.Told);
        foreach (var state in new[] { WatchState.Down, WatchState.Recovering, WatchState.Unknown })
        {
            world.Set("site1", state);
            await listener.SettleAsync(world, CancellationToken.None).WaitAsync(Eventually.Patience);
        }

        world.Set("site1", WatchState.Healthy);
        world.ObserverProblem = "Nothing answers.";
        await listener.SettleAsync(world, CancellationToken.None).WaitAsync(Eventually.Patience);
        Assert.Single(world.Told);
        world.ObserverProblem = null;
        await listener.SettleAsync(world, CancellationToken.None).WaitAsync(Eventually.Patience);
        await listener.SettleAsync(world, CancellationToken.None).WaitAsync(Eventually.Patience);

        Assert.Equal(2, world.Told.Count);
        var over = world.Told.Last();
        Assert.Equal((AlertEvent.Recovered, refused.IncidentId, "Resolved: " + refused.Title), (over.Event, over.IncidentId, over.Title));
    }

    [Fact]
    public async Task Of_a_refusal_within_an_incident_the_end_is_that_of_the_incident()
    {
        var world = new MoveWorld
        {
            Incidents = [new HostingIncident { Id = "01INCIDENT", Cause = IncidentCause.Site, Subject = "site1", Reason = "", Sites = ["site1"], OpenedAt = default }],
        };
        world.Set("site1", WatchState.Down);
        world.Planning = (site, options) => world.Plan(site, options, MoveWorld.Refused(GateName.Cooldown));
        var listener = world.Listener();
        await listener.SettleAsync(world, CancellationToken.None).WaitAsync(Eventually.Patience);
        world.Set("site1", WatchState.Healthy);
        await listener.SettleAsync(world, CancellationToken.None).WaitAsync(Eventually.Patience);

        Assert.Equal("01INCIDENT", Assert.Single(world.Told).IncidentId);
    }

    [Fact]
    public async Task The_end_of_what_an_earlier_run_told_is_told_by_the_next_and_of_an_operation_when_that_has_ended()
    {
        var world = new MoveWorld(sites: 2);
        world.CutOff.Add(world.Entry("site2", FailoverKind.Failover, FailoverOutcome.InProgress, TimeSpan.FromDays(3), by: "anna@desk", id: "HERS"));
        world.History.Add(world.CutOff[0]);
        await world.Listener().SettleAsync(world, CancellationToken.None).WaitAsync(Eventually.Patience);
        var cutOff = Assert.Single(world.Told);
        Assert.Equal("cut-off-HERS", cutOff.IncidentId);
        world.NoticesBefore.AddRange([cutOff, cutOff with { IncidentId = "not-moved-site1-Cooldown", Sites = ["site1"] }]);
        world.ToldBefore["cut-off-HERS"] = world.Clock.GetUtcNow();

        await world.Listener().SettleAsync(world, CancellationToken.None).WaitAsync(Eventually.Patience);
        Assert.Equal(["cut-off-HERS", "not-moved-site1-Cooldown"], world.Told.Select(static alert => alert.IncidentId));
        world.NoticesBefore.RemoveAt(1);
        world.CutOff.Clear();
        world.History.Insert(0, world.Entry("site2", FailoverKind.Undo, FailoverOutcome.Succeeded, TimeSpan.Zero, by: "anna@desk", id: "UNDO"));
        await world.Listener().SettleAsync(world, CancellationToken.None).WaitAsync(Eventually.Patience);

        Assert.Equal((AlertEvent.Recovered, "cut-off-HERS"), (world.Told.Last().Event, world.Told.Last().IncidentId));
        Assert.Equal(3, world.Told.Count);
    }

    [Fact]
    public async Task What_was_planned_before_the_inventory_was_read_again_is_not_done()
    {
        var world = new MoveWorld();
        world.Set("site1", WatchState.Down);
        world.WhilePlanning = () =>
        {
            world.WhilePlanning = null;
            world.Reload(static site => site with { Secondary = TestSites.Linode with { Name = "li-2" } });
            return Task.CompletedTask;
        };
        var listener = world.Listener();

        await listener.SettleAsync(world, CancellationToken.None).WaitAsync(Eventually.Patience);
        Assert.Empty(world.Invoked);
        Assert.Empty(world.Told);
        await listener.SettleAsync(world, CancellationToken.None).WaitAsync(Eventually.Patience);

        Assert.Equal("li-2", Assert.Single(Assert.Single(world.Invoked)).To);
    }

    [Fact]
    public async Task A_return_that_was_planned_before_the_inventory_was_read_again_is_not_made()
    {
        var world = Away(sites: 1);
        world.WhilePlanning = () =>
        {
            world.Reload();
            return Task.CompletedTask;
        };

        await world.Listener().SettleAsync(world, CancellationToken.None).WaitAsync(Eventually.Patience);

        Assert.Single(world.Planned);
        Assert.Empty(world.Invoked);
    }

    [Fact]
    public async Task However_many_sites_wait_to_go_back_they_are_judged_by_the_same_looks()
    {
        var few = Away(sites: 1);
        var many = Away(sites: 12);

        await few.Listener().SettleAsync(few, CancellationToken.None).WaitAsync(Eventually.Patience);
        await many.Listener().SettleAsync(many, CancellationToken.None).WaitAsync(Eventually.Patience);

        Assert.Equal(12, many.Moved.Count());

        // The rest are looks of the fake's own plans.
        Assert.Equal(few.Snapshots, many.Snapshots - 11);
    }

    private static MoveWorld Away(int sites)
    {
        var world = new MoveWorld(sites, new SitePolicy { Automatic = true, Failback = TimeSpan.FromMinutes(30) });
        foreach (var site in world.Inventory.Sites)
        {
            world.Set(site.Name, WatchState.Healthy, activeHost: "li-1");
            world.Set(site.Name, WatchState.Healthy, standby: true, answering: TimeSpan.FromHours(9));
            world.History.Add(world.Entry(site.Name, FailoverKind.Failover, FailoverOutcome.Succeeded, TimeSpan.FromHours(3)));
        }

        return world;
    }
}
