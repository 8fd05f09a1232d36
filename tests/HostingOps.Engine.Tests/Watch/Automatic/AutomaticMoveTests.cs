using FsCheck;
using FsCheck.Fluent;
using HostingOps.Engine.Watch;
using HostingOps.Engine.Watch.Automatic;
using HostingOps.Testing;

namespace HostingOps.Engine.Tests.Watch.Automatic;

/// <summary>What a single run moves, and what it never moves.</summary>
public sealed class AutomaticMoveTests
{
    private static Task SettleAsync(MoveWorld world) => world.Listener().SettleAsync(world, CancellationToken.None).WaitAsync(Eventually.Patience);

    [Theory]
    [InlineData(WatchState.Unknown)]
    [InlineData(WatchState.Healthy)]
    [InlineData(WatchState.Suspect)]
    [InlineData(WatchState.Recovering)]
    [InlineData(WatchState.Paused)]
    [InlineData(WatchState.Maintenance)]
    public async Task Only_Down_moves_a_site(WatchState state)
    {
        var world = new MoveWorld(sites: 2);
        world.Set("site1", state);
        world.Set("site2", WatchState.Down);

        await SettleAsync(world);

        Assert.Equal(["site2"], world.Moved);
    }

    [Fact]
    public async Task A_site_that_a_person_decides_on_is_not_even_planned()
    {
        var world = new MoveWorld(policy: new SitePolicy { Automatic = false });
        world.Set("site1", WatchState.Down);

        await SettleAsync(world);

        Assert.Empty(world.Planned);
        Assert.Empty(world.Told);
    }

    [Fact]
    public async Task Nothing_moves_while_this_machines_own_view_is_in_doubt()
    {
        var world = new MoveWorld { ObserverProblem = "No known-good address answers." };
        world.Set("site1", WatchState.Down);

        await SettleAsync(world);

        Assert.Empty(world.Planned);
    }

    [Fact]
    public async Task No_gate_is_ever_overridden_and_the_fleets_limit_is_used_up_in_order()
    {
        var world = new MoveWorld();
        world.Set("site1", WatchState.Down);

        await SettleAsync(world);

        var options = Assert.Single(world.Planned).Options;
        Assert.Empty(options.Overrides);
        Assert.False(options.Planned);
        Assert.True(options.UpToFleetLimit);
    }

    [Theory]
    [InlineData(WatchState.Recovering)]
    [InlineData(WatchState.Unknown)]
    [InlineData(WatchState.Paused)]
    [InlineData(WatchState.Maintenance)]
    public async Task A_site_that_is_not_Down_any_more_when_the_plan_is_there_stays(WatchState meanwhile)
    {
        var world = new MoveWorld(sites: 2);
        world.Set("site1", WatchState.Down);
        world.Set("site2", WatchState.Down);
        world.WhilePlanning = () =>
        {
            world.Set("site1", meanwhile);
            return Task.CompletedTask;
        };

        await SettleAsync(world);

        Assert.Equal(["site2"], world.Moved);
        Assert.Equal(["site2"], Assert.Single(world.Told).Sites);
    }

    [Fact]
    public async Task A_site_whose_policy_changed_while_it_was_planned_stays()
    {
        var world = new MoveWorld(sites: 2);
        world.Set("site1", WatchState.Down);
        var listener = world.Listener();
        world.WhilePlanning = () =>
        {
            world.ObserverProblem = "Half of the fleet fails at once.";
            return Task.CompletedTask;
        };

        await listener.SettleAsync(world, CancellationToken.None).WaitAsync(Eventually.Patience);

        Assert.Empty(world.Invoked);
    }

    [Theory]
    [InlineData(WatchState.Down)]
    [InlineData(WatchState.Suspect)]
    public async Task A_standby_that_the_watcher_does_not_believe_is_not_moved_to_although_a_probe_was_answered(WatchState standby)
    {
        var world = new MoveWorld();
        world.Set("site1", WatchState.Down);
        world.Set("site1", standby, standby: true);

        await SettleAsync(world);

        Assert.Empty(world.Invoked);
        var alert = Assert.Single(world.Told);
        Assert.Equal("site1 is down on do-1 and was not moved (StandbyHealthy)", alert.Title);
        Assert.Equal(["li-1"], world.ChecksAsked);
    }

    [Fact]
    public async Task A_site_that_somebody_else_has_moved_is_left_alone_and_nobody_is_woken()
    {
        var world = new MoveWorld();
        world.Set("site1", WatchState.Down);
        world.Planning = (site, options) => world.Plan(site, options, MoveWorld.Refused(GateName.ActiveDown)) with { From = "li-1", To = "do-1" };

        await SettleAsync(world);

        Assert.Empty(world.Invoked);
        Assert.Empty(world.Told);
        Assert.Equal(["site1"], world.RoutingAsked);
    }

    [Theory]
    [InlineData(FailoverOutcome.Conflict)]
    [InlineData(FailoverOutcome.Unchanged)]
    public async Task Who_loses_the_race_wakes_nobody(FailoverOutcome outcome)
    {
        var world = new MoveWorld { Ending = _ => outcome };
        world.Set("site1", WatchState.Down);

        await SettleAsync(world);

        Assert.Empty(world.Told);
        Assert.Equal(["site1"], world.RoutingAsked);
    }

    [Fact]
    public async Task A_move_that_failed_is_told_with_its_reason_and_the_command()
    {
        var world = new MoveWorld(sites: 2) { Ending = static plan => plan.SiteName == "site1" ? FailoverOutcome.Failed : FailoverOutcome.Succeeded };
        world.Set("site1", WatchState.Down);
        world.Set("site2", WatchState.Down);

        await SettleAsync(world);

        var failed = Assert.Single(world.Told, static alert => alert.Severity == AlertSeverity.Critical);
        Assert.Equal(["site1"], failed.Sites);
        Assert.Equal("site1: It ended Failed.\nIt is tried again as long as they are down.", failed.Text);
        Assert.Equal("Invoke-SiteFailover site1 -InventoryPath '/etc/hosting.yml'", failed.Command);
        Assert.Equal(["site2"], Assert.Single(world.Told, static alert => alert.Severity == AlertSeverity.Warning).Sites);
    }

    [Fact]
    public async Task A_record_that_is_not_as_expected_is_to_be_looked_at_for_that_gate_has_no_override()
    {
        var world = new MoveWorld();
        world.Set("site1", WatchState.Down);
        world.Planning = (site, options) => world.Plan(site, options, MoveWorld.Refused(GateName.RecordAsExpected)) with { From = null };

        await SettleAsync(world);

        Assert.Equal("Get-SiteDnsTarget site1 -InventoryPath '/etc/hosting.yml'", Assert.Single(world.Told).Command);
    }

    [Fact]
    public async Task What_the_run_before_told_is_not_told_by_the_next()
    {
        var world = new MoveWorld();
        world.Set("site1", WatchState.Down);
        world.Planning = (site, options) => world.Plan(site, options, MoveWorld.Refused(GateName.Cooldown));
        await SettleAsync(world);
        var told = Assert.Single(world.Told);
        world.ToldBefore[told.IncidentId] = world.Clock.GetUtcNow();

        await SettleAsync(world);
        Assert.Single(world.Told);
        world.Clock.Advance(TimeSpan.FromHours(5));
        await SettleAsync(world);

        Assert.Equal(2, world.Told.Count);
    }

    [Fact]
    public async Task A_gate_that_saw_the_site_answer_is_told_only_when_it_goes_on_so()
    {
        var world = new MoveWorld();
        world.Set("site1", WatchState.Down);
        world.Planning = (site, options) => world.Plan(site, options, MoveWorld.Refused(GateName.ActiveDown));
        var listener = world.Listener();

        await listener.SettleAsync(world, CancellationToken.None).WaitAsync(Eventually.Patience);
        Assert.Empty(world.Told);
        world.Clock.Advance(TimeSpan.FromSeconds(10));
        await listener.SettleAsync(world, CancellationToken.None).WaitAsync(Eventually.Patience);

        Assert.Contains("ActiveDown says no.", Assert.Single(world.Told).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_operation_of_a_watcher_that_was_cut_off_is_finished_and_one_of_a_person_is_only_told()
    {
        var world = new MoveWorld(sites: 3);
        world.CutOff.Add(world.Entry("site1", FailoverKind.Failover, FailoverOutcome.InProgress, TimeSpan.FromMinutes(1), step: FailoverStep.Switch, id: "MINE"));
        world.CutOff.Add(world.Entry("site2", FailoverKind.Failover, FailoverOutcome.InProgress, TimeSpan.FromMinutes(1), by: "anna@desk", step: FailoverStep.Switch, id: "HERS"));

        await SettleAsync(world);

        Assert.Equal(("MINE", "site1"), world.Resumed.Select(static one => (one.Operation, one.Sites.Single())).Single());
        var hers = Assert.Single(world.Told, static alert => alert.Severity == AlertSeverity.Critical);
        Assert.Equal("Operation HERS was cut off with site2", hers.Title);
        Assert.Equal("Resume-SiteFailover -OperationId HERS -InventoryPath '/etc/hosting.yml'", hers.Command);
        Assert.Equal("site1 was moved from do-1 to li-1", Assert.Single(world.Told, static alert => alert.Severity == AlertSeverity.Warning).Title);
    }

    [Theory]
    [InlineData(WatchState.Unknown, false)]
    [InlineData(WatchState.Suspect, false)]
    [InlineData(WatchState.Paused, false)]
    [InlineData(WatchState.Maintenance, false)]
    [InlineData(WatchState.Recovering, false)]
    [InlineData(WatchState.Down, true)]
    [InlineData(WatchState.Healthy, true)]
    public async Task What_was_not_sent_to_Route_53_is_taken_up_again_only_once_the_watcher_has_decided(WatchState state, bool resumed)
    {
        var world = new MoveWorld();
        world.Set("site1", state);
        world.CutOff.Add(world.Entry("site1", FailoverKind.Failover, FailoverOutcome.InProgress, TimeSpan.FromMinutes(1), step: FailoverStep.Promote, id: "MINE"));
        world.Planning = (site, options) => world.Plan(site, options, MoveWorld.Refused(GateName.NothingOpen));
        world.ResumeEnds = FailoverOutcome.Refused;

        await SettleAsync(world);

        Assert.Equal(resumed, world.Resumed.Count == 1);
    }

    [Fact]
    public async Task What_was_sent_is_proven_whatever_the_site_does_now()
    {
        var world = new MoveWorld();
        world.Set("site1", WatchState.Maintenance);
        world.CutOff.Add(world.Entry("site1", FailoverKind.Failover, FailoverOutcome.InProgress, TimeSpan.FromMinutes(1), step: FailoverStep.Switch, id: "MINE"));

        await SettleAsync(world);

        Assert.Single(world.Resumed);
    }

    [Fact]
    public void Whatever_the_verdicts_do_nothing_is_moved_that_is_not_Down_at_that_moment_or_not_to_be_moved_by_itself()
    {
        var states = Gen.Elements(Enum.GetValues<WatchState>());
        var changes = (
            from site in Gen.Choose(1, 5)
            from state in states
            from standby in Gen.Elements(true, false, false)
            from meanwhile in Gen.Elements(true, false)
            select (Site: $"site{site}", State: state, Standby: standby, Meanwhile: meanwhile)).ListOf().ToArbitrary();
        Prop.ForAll(changes, changes =>
        {
            var world = new MoveWorld(sites: 3);
            world.Add(TestSites.Site("site4"));
            world.Add(TestSites.Site("site5"));
            var listener = world.Listener();
            world.WhileMoving = plans =>
            {
                var looks = SiteLooks.Of(world);
                Assert.All(plans, plan =>
                {
                    Assert.Equal(WatchState.Down, looks.Active(plan.SiteName)!.Verdict.State);
                    Assert.True(world.Site(plan.SiteName).Policy.Automatic);
                    Assert.Equal(looks.Active(plan.SiteName)!.Target.Host.Name, plan.From);
                    Assert.Null(looks.StandbyObjection(plan.SiteName));
                });
                return Task.CompletedTask;
            };
            foreach (var change in changes)
            {
                world.WhilePlanning = null;
                if (change.Meanwhile)
                {
                    world.WhilePlanning = () =>
                    {
                        ((IWatchListener)listener).Changed(world.Set(change.Site, change.State, change.Standby));
                        return Task.CompletedTask;
                    };
                }
                else
                {
                    ((IWatchListener)listener).Changed(world.Set(change.Site, change.State, change.Standby));
                }

                listener.SettleAsync(world, CancellationToken.None).WaitAsync(Eventually.Patience).GetAwaiter().GetResult();
                world.Clock.Advance(TimeSpan.FromMinutes(6));
            }

            Assert.DoesNotContain(world.Told, static alert => alert.Text.Contains("Assert", StringComparison.Ordinal) || alert.Title.Contains("Exception", StringComparison.Ordinal));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(200));
    }
}
