using HostingOps.Engine.Watch;
using HostingOps.Engine.Watch.Automatic;
using HostingOps.Testing;

namespace HostingOps.Engine.Tests.Watch.Automatic;

/// <summary>The way back to the primary: only when asked for, and only when it has proven itself.</summary>
public sealed class FailbackTests
{
    private static readonly SitePolicy HalfAnHour = new() { Automatic = true, Failback = TimeSpan.FromMinutes(30) };

    [Fact]
    public async Task A_site_goes_back_once_its_primary_has_been_healthy_for_the_time_asked_for()
    {
        var world = Away();
        Primary(world, minutes: 29.9);
        await SettleAsync(world);
        Assert.Empty(world.Invoked);

        Primary(world, minutes: 30);
        await SettleAsync(world);

        var plan = Assert.Single(Assert.Single(world.Invoked));
        Assert.Equal((FailoverKind.Switchover, "li-1", "do-1"), (plan.Kind, plan.From, plan.To));
        Assert.True(Assert.Single(world.InvokedWith).ByWatcher);
        Assert.Equal("site1 was moved back from li-1 to do-1", Assert.Single(world.Told).Title);
        Assert.Contains("do-1", world.ChecksAsked);
    }

    [Fact]
    public async Task Nothing_goes_back_while_this_machines_own_view_is_in_doubt()
    {
        var world = Away();
        Primary(world, minutes: 500);
        world.ObserverProblem = "No known-good address answers.";

        await SettleAsync(world);

        Assert.Empty(world.Planned);
    }

    [Fact]
    public async Task Nobody_asked_for_it()
    {
        var world = Away(new SitePolicy { Automatic = true });
        Primary(world, minutes: 10_000);

        await SettleAsync(world);

        Assert.Empty(world.Planned);
    }

    [Fact]
    public async Task The_time_alone_is_not_enough_when_hardly_anybody_looked()
    {
        var world = Away();
        Primary(world, minutes: 500, answers: 2);

        await SettleAsync(world);

        Assert.Empty(world.Planned);
    }

    [Fact]
    public async Task The_time_by_the_clock_is_not_enough_when_this_machine_slept_in_it()
    {
        var world = Away();
        world.Set("site1", WatchState.Healthy, standby: true, answering: TimeSpan.FromMinutes(500), answers: 100, seen: TimeSpan.FromMinutes(29));

        await SettleAsync(world);

        Assert.Empty(world.Planned);
    }

    [Theory]
    [InlineData(WatchState.Suspect)]
    [InlineData(WatchState.Down)]
    [InlineData(WatchState.Unknown)]
    [InlineData(WatchState.Paused)]
    [InlineData(WatchState.Maintenance)]
    [InlineData(WatchState.Recovering)]
    public async Task Unless_both_hosts_are_healthy_the_site_stays(WatchState state)
    {
        var world = Away();
        Primary(world, minutes: 500);
        world.Set("site1", state);
        await SettleAsync(world);
        Assert.DoesNotContain(world.Planned, static planned => planned.Options.Planned);

        world = Away();
        Primary(world, minutes: 500, state: state);
        await SettleAsync(world);
        Assert.Empty(world.Planned);
    }

    [Fact]
    public async Task A_primary_that_falls_ill_while_it_is_planned_is_not_gone_back_to()
    {
        var world = Away();
        Primary(world, minutes: 500);
        world.WhilePlanning = () =>
        {
            Primary(world, minutes: 0, state: WatchState.Suspect);
            return Task.CompletedTask;
        };

        await SettleAsync(world);

        Assert.Empty(world.Invoked);
    }

    [Fact]
    public async Task Another_site_that_is_not_well_on_the_primary_keeps_it_away()
    {
        var world = Away();
        world.Add(TestSites.Site("site2"));
        Primary(world, minutes: 500);
        world.Set("site2", WatchState.Down);

        await SettleAsync(world);

        Assert.DoesNotContain(world.Planned, static planned => planned.Options.Planned);
    }

    [Fact]
    public async Task A_dead_host_of_the_same_provider_keeps_it_away()
    {
        var world = Away();
        world.Add(TestSites.Site("site2") with { Primary = TestSites.DigitalOcean with { Name = "do-2" } });
        Primary(world, minutes: 500);
        world.Set("site2", WatchState.Down);

        await SettleAsync(world);

        Assert.DoesNotContain(world.Planned, static planned => planned.Options.Planned);
    }

    [Fact]
    public async Task The_cooldown_is_waited_for_without_a_word()
    {
        var world = Away(HalfAnHour with { Cooldown = TimeSpan.FromHours(5) });
        Primary(world, minutes: 90);

        await SettleAsync(world);

        Assert.Empty(world.Planned);
        Assert.Empty(world.Told);
    }

    [Theory]
    [InlineData(FailoverKind.Switchover)]
    [InlineData(FailoverKind.Manual)]
    [InlineData(FailoverKind.Undo)]
    public async Task A_site_that_a_person_put_on_its_secondary_stays_there(FailoverKind kind)
    {
        var world = Away();
        Primary(world, minutes: 500);
        world.History.Insert(0, world.Entry("site1", kind, FailoverOutcome.Succeeded, TimeSpan.FromHours(2), by: "anna@desk"));

        await SettleAsync(world);

        Assert.Empty(world.Planned);
    }

    [Fact]
    public void Each_return_that_was_followed_by_another_failover_doubles_the_wait_for_a_week()
    {
        var world = new MoveWorld(policy: HalfAnHour);
        var site = world.Site("site1");
        var now = world.Clock.GetUtcNow();
        double? Wait(params double[] returnsDaysAgo) => FailbackRule.Wait(
            site,
            [
                world.Entry("site1", FailoverKind.Failover, FailoverOutcome.Succeeded, TimeSpan.FromHours(1)),
                .. returnsDaysAgo.Select(days => world.Entry("site1", FailoverKind.Switchover, FailoverOutcome.Succeeded, TimeSpan.FromDays(days), to: "do-1")),
            ],
            now)?.TotalMinutes;

        Assert.Equal(30, Wait());
        Assert.Equal(60, Wait(1));
        Assert.Equal(120, Wait(1, 2));
        Assert.Equal(60, Wait(1, 8));
        Assert.Equal(24 * 60, Wait([.. Enumerable.Repeat(1.0, 40)]));
        Assert.Null(FailbackRule.Wait(site, [], now));
    }

    [Fact]
    public async Task A_return_that_is_refused_is_told_once_and_nobody_gets_up_for_it()
    {
        var world = Away();
        Primary(world, minutes: 500);
        world.Planning = (site, options) => world.Plan(site, options, MoveWorld.Refused(GateName.StandbyHealthy));
        var listener = world.Listener();

        await listener.SettleAsync(world, CancellationToken.None).WaitAsync(Eventually.Patience);
        world.Clock.Advance(TimeSpan.FromMinutes(10));
        await listener.SettleAsync(world, CancellationToken.None).WaitAsync(Eventually.Patience);

        Assert.Equal(2, world.Planned.Count);
        var alert = Assert.Single(world.Told);
        Assert.Equal((AlertSeverity.Information, "site1 stays on the secondary (StandbyHealthy)"), (alert.Severity, alert.Title));
        Assert.Equal("Invoke-SiteFailover site1 -InventoryPath '/etc/hosting.yml' -Planned", alert.Command);
    }

    private static Task SettleAsync(MoveWorld world) => world.Listener().SettleAsync(world, CancellationToken.None).WaitAsync(Eventually.Patience);

    private static MoveWorld Away(SitePolicy? policy = null)
    {
        var world = new MoveWorld(policy: policy ?? HalfAnHour);
        world.Set("site1", WatchState.Healthy, activeHost: "li-1");
        world.History.Add(world.Entry("site1", FailoverKind.Failover, FailoverOutcome.Succeeded, TimeSpan.FromHours(3)));
        return world;
    }

    private static void Primary(MoveWorld world, double minutes, int answers = 100, WatchState state = WatchState.Healthy) =>
        world.Set("site1", state, standby: true, answering: TimeSpan.FromMinutes(minutes), answers: answers);
}
