using HostingOps.Engine.Watch;
using HostingOps.Engine.Watch.Automatic;
using HostingOps.Testing;

namespace HostingOps.Engine.Tests.Watch.Automatic;

/// <summary>The loop of a long watch, on a clock moved by hand.</summary>
public sealed class AutomaticRunTests
{
    [Fact]
    public async Task The_sites_of_a_dead_host_go_into_one_operation_in_the_inventorys_order()
    {
        var world = new MoveWorld(sites: 40);
        await using var run = new RunningWatch(world);
        foreach (var site in world.Inventory.Sites)
        {
            world.Set(site.Name, WatchState.Suspect);
        }

        run.Down("site7");
        await Task.Delay(20);
        Assert.Empty(world.Planned);
        foreach (var site in world.Inventory.Sites.Reverse())
        {
            run.Down(site.Name);
        }

        await run.UntilAsync(() => world.Told.Count == 1);

        Assert.Equal(world.Inventory.Sites.Select(static site => site.Name), Assert.Single(world.Invoked).Select(static plan => plan.SiteName));
        Assert.True(Assert.Single(world.InvokedWith).ByWatcher);
        var alert = Assert.Single(world.Told);
        Assert.Equal("40 sites were moved from do-1 to li-1", alert.Title);
        Assert.Contains("Undo-SiteFailover -OperationId OP1 -InventoryPath '/etc/hosting.yml'", alert.Text, StringComparison.Ordinal);
        Assert.Equal(40, world.RoutingAsked.Count);
    }

    [Fact]
    public async Task A_site_alone_does_not_wait_for_others()
    {
        var world = new MoveWorld(sites: 2);
        await using var run = new RunningWatch(world);

        run.Down("site1");

        await RunningWatch.WaitAsync(() => world.Told.Count == 1);
        Assert.Equal(["site1"], world.Moved);
    }

    [Fact]
    public async Task What_never_settles_is_not_waited_for_longer_than_a_moment()
    {
        var world = new MoveWorld(sites: 2);
        world.Set("site2", WatchState.Suspect);
        await using var run = new RunningWatch(world);

        run.Down("site1");

        await run.UntilAsync(() => world.Told.Count == 1);
        Assert.Equal(["site1"], world.Moved);
    }

    [Fact]
    public async Task A_host_that_dies_while_another_operation_waits_for_its_hooks_does_not_wait_for_them()
    {
        var world = new MoveWorld(sites: 2);
        var hooks = new TaskCompletionSource();
        world.WhileMoving = plans => plans[0].SiteName == "site1" ? hooks.Task : Task.CompletedTask;
        await using var run = new RunningWatch(world);
        run.Down("site1");
        await RunningWatch.WaitAsync(() => world.Invoked.Count == 1);

        run.Down("site2");

        await RunningWatch.WaitAsync(() => world.Told.Count == 1);
        Assert.Equal(["site2"], world.Told.Single().Sites);
        hooks.SetResult();
        await RunningWatch.WaitAsync(() => world.Told.Count == 2);
        Assert.Equal(["site1", "site2"], world.Moved);
    }

    [Fact]
    public async Task No_more_operations_are_under_way_than_allowed_and_none_is_forgotten()
    {
        var world = new MoveWorld(sites: 6);
        var hooks = new TaskCompletionSource();
        world.WhileMoving = _ => hooks.Task;
        await using var run = new RunningWatch(world, new AutomaticOptions { OperationsAtOnce = 2 });
        for (var i = 1; i <= 6; i++)
        {
            var looked = world.Snapshots;
            run.Down($"site{i}");
            await RunningWatch.WaitAsync(() => world.Snapshots > looked && world.Invoked.Count >= Math.Min(i, 2));
        }

        Assert.Equal(2, world.Invoked.Count);
        hooks.SetResult();

        await run.UntilAsync(() => world.Told.Sum(static alert => alert.Sites.Count) == 6);
        Assert.Equal(6, world.Moved.Distinct().Count());
    }

    [Fact]
    public void Waits_double_up_to_the_longest_and_begin_anew_after_what_may_have_changed_things()
    {
        var clock = new ManualTimeProvider();
        var memory = new MoveMemory(new AutomaticOptions(), clock);
        double Next()
        {
            memory.Wait("acme");
            return (memory.NextTry("acme")!.Value - clock.GetUtcNow()).TotalSeconds;
        }

        Assert.Null(memory.NextTry("acme"));
        Assert.Equal([10, 20, 40, 80, 160, 300, 300], Enumerable.Range(0, 7).Select(_ => Next()));
        memory.Forget("acme");
        Assert.Null(memory.NextTry("acme"));
        Assert.Equal(10, Next());
    }

    [Fact]
    public async Task A_refusal_is_told_once_with_its_reasons_and_the_command_and_tried_again_with_growing_waits()
    {
        var world = new MoveWorld(sites: 40);
        world.Planning = (site, options) => world.Plan(site, options, MoveWorld.Refused(GateName.FleetLimit), MoveWorld.Refused(GateName.Cooldown));
        foreach (var site in world.Inventory.Sites)
        {
            world.Set(site.Name, WatchState.Down);
        }

        await using var run = new RunningWatch(world);
        await run.UntilAsync(() => world.Planned.Count == 8);

        Assert.Empty(world.Invoked);
        var alert = Assert.Single(world.Told);
        Assert.Equal((AlertEvent.Failover, AlertSeverity.Critical, 40), (alert.Event, alert.Severity, alert.Sites.Count));
        Assert.Equal("40 sites are down on do-1 and were not moved (FleetLimit, Cooldown)", alert.Title);
        Assert.Contains("and 30 more: FleetLimit: FleetLimit says no.", alert.Text, StringComparison.Ordinal);
        Assert.StartsWith("Invoke-SiteFailover site1, site2, ", alert.Command, StringComparison.Ordinal);
        Assert.EndsWith("site40 -Override FleetLimit, Cooldown -Reason '<why>' -InventoryPath '/etc/hosting.yml'", alert.Command, StringComparison.Ordinal);
        var waits = world.Planned.Zip(world.Planned.Skip(1), static (one, next) => (next.At - one.At).TotalSeconds);
        Assert.All(waits.Zip([10.0, 20, 40, 80, 160, 300, 300]), static wait => Assert.True(wait.First >= wait.Second, $"{wait.First} s instead of {wait.Second}"));
    }

    [Fact]
    public async Task The_same_refusal_is_told_again_after_the_resend_interval_and_another_one_at_once()
    {
        var world = new MoveWorld();
        var gate = GateName.Cooldown;
        world.Planning = (site, options) => world.Plan(site, options, MoveWorld.Refused(gate));
        await using var run = new RunningWatch(world, new AutomaticOptions { Resend = TimeSpan.FromHours(1) });
        run.Down("site1");
        await run.UntilAsync(() => world.Told.Count == 1);
        gate = GateName.StandbyHealthy;
        await run.UntilAsync(() => world.Told.Count == 2);

        await run.UntilAsync(() => world.Told.Count == 3);

        var times = world.Told.Select(static alert => alert.At).ToArray();
        Assert.True(times[1] - times[0] < TimeSpan.FromHours(1));
        Assert.True(times[2] - times[1] >= TimeSpan.FromHours(1));
        Assert.Contains("(StandbyHealthy)", world.Told.Last().Title, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_standby_that_comes_up_is_used_at_once_and_not_after_the_wait()
    {
        var world = new MoveWorld();
        world.Set("site1", WatchState.Down, standby: true);
        await using var run = new RunningWatch(world);
        run.Down("site1");
        await RunningWatch.WaitAsync(() => world.Told.Count == 1);
        Assert.Contains("The watcher holds li-1 for Down", world.Told.Single().Text, StringComparison.Ordinal);
        Assert.Empty(world.Invoked);

        run.Set("site1", WatchState.Healthy, standby: true);

        await RunningWatch.WaitAsync(() => world.Told.Count == 2);
        Assert.Equal(["site1"], world.Moved);
    }

    [Fact]
    public async Task An_error_keeps_nobody_else_from_being_moved_and_is_told_and_tried_again()
    {
        var world = new MoveWorld(sites: 2);
        var fails = true;
        world.Planning = (site, options) => fails && site.Name == "site1"
            ? throw new HostingException(ErrorIds.AwsEndpointUnreachable, HostingErrorCategory.ConnectionError, null, "Route 53 is away.")
            : world.Plan(site, options);
        await using var run = new RunningWatch(world);
        run.Down("site1");
        await RunningWatch.WaitAsync(() => world.Told.Count == 1);
        Assert.Contains("Route 53 is away.", world.Told.Single().Text, StringComparison.Ordinal);

        run.Down("site2");
        await RunningWatch.WaitAsync(() => world.Told.Count == 2);
        fails = false;
        await run.UntilAsync(() => world.Told.Count == 3);

        Assert.Equal(["site2", "site1"], world.Moved.Distinct());
    }

    [Fact]
    public async Task A_watcher_that_ends_stops_its_operations_and_begins_none_at_its_end()
    {
        var world = new MoveWorld(sites: 2);
        world.WhileMoving = _ => Task.Delay(Timeout.Infinite);
        var run = new RunningWatch(world);
        run.Down("site1");
        await RunningWatch.WaitAsync(() => world.Invoked.Count == 1);

        await run.DisposeAsync();
        world.Set("site2", WatchState.Down);
        await run.Listener.SettleAsync(world, CancellationToken.None).WaitAsync(Eventually.Patience);

        Assert.Single(world.Invoked);
    }
}
