using HostingOps.Engine.Failover;
using HostingOps.Testing;

namespace HostingOps.Engine.Tests.Failover;

public sealed class FailoverTests
{
    [Fact]
    public async Task A_dead_hosts_sites_move_are_proven_and_come_back_by_undo()
    {
        await using var world = await FailoverWorld.StartAsync(sites: 3);
        var here = world.Machine();
        world.Sandbox.StopHost("do-1");

        var plans = await here.PlanAsync();
        var results = await here.RunAsync([.. plans]);

        Assert.All(plans, static plan => Assert.True(plan.Allowed, string.Join(" ", plan.Gates)));
        Assert.All(results, static result => Assert.Equal(FailoverOutcome.Succeeded, result.Outcome));
        Assert.Single(results.Select(static result => result.OperationId).Distinct());
        Assert.Single(results.Select(static result => result.ChangeId).Distinct());
        Assert.All(results, static result => Assert.Equal(
            [FailoverStep.Switch, FailoverStep.Sync, FailoverStep.Verify], result.Timeline.Select(static entry => entry.Step)));
        Assert.All(await world.LiveAsync(), static site => Assert.Equal("li-1", site.Value));

        world.Sandbox.StartHost("do-1");
        var back = await here.RunAsync([.. await here.PlanUndoAsync(results[0].OperationId, null, new PlanOptions(), CancellationToken.None).ToListAsync()]);

        Assert.All(back, static result => Assert.Equal((FailoverKind.Undo, FailoverOutcome.Succeeded), (result.Kind, result.Outcome)));
        Assert.All(await world.LiveAsync(), static site => Assert.Equal("do-1", site.Value));
        Assert.Equal(results[0].OperationId, here.GetHistory(new HistoryFilter()).First().UndoOf);
    }

    [Fact]
    public async Task A_living_host_is_not_failed_away_from()
    {
        await using var world = await FailoverWorld.StartAsync();
        var here = world.Machine();

        var plan = Assert.Single(await here.PlanAsync());
        var result = Assert.Single(await here.RunAsync(plan));

        Assert.False(plan.Allowed);
        Assert.Equal([GateName.ActiveDown], plan.Gates.Where(static gate => !gate.Allows).Select(static gate => gate.Name));
        Assert.Equal((FailoverOutcome.Refused, ErrorIds.FailoverRefused), (result.Outcome, result.ErrorId));
        Assert.Null(result.OperationId);
        Assert.Equal("do-1", await world.LiveAsync("site1"));
        Assert.DoesNotContain("ChangeResourceRecordSets", world.Sandbox.ApiCalls.Keys);
    }

    [Fact]
    public async Task A_standby_that_does_not_serve_is_not_switched_to()
    {
        await using var world = await FailoverWorld.StartAsync();
        world.Sandbox.StopHost("do-1");
        world.Sandbox.SetFault("site1", "li-1", SandboxFault.ServiceUnavailable);

        var plan = Assert.Single(await world.Machine().PlanAsync());

        Assert.Equal([GateName.StandbyHealthy], plan.Gates.Where(static gate => !gate.Allows).Select(static gate => gate.Name));
        Assert.Contains("503", plan.Gates.Single(static gate => gate.Name == GateName.StandbyHealthy).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_both_hosts_are_dead_nothing_moves()
    {
        await using var world = await FailoverWorld.StartAsync();
        world.Sandbox.StopHost("do-1");
        world.Sandbox.StopHost("li-1");

        var plan = Assert.Single(await world.Machine().PlanAsync());

        Assert.False(plan.Allowed);
        Assert.Contains(plan.Gates, static gate => gate is { Name: GateName.ObserverSane, Outcome: GateOutcome.Unknown });
    }

    [Fact]
    public async Task A_paused_site_stays_also_when_it_was_paused_after_the_plan()
    {
        await using var world = await FailoverWorld.StartAsync();
        var here = world.Machine();
        world.Sandbox.StopHost("do-1");
        var plan = Assert.Single(await here.PlanAsync());

        here.Pause(here.Inventory.Sites[0], "Migration of the database.", null);
        var result = Assert.Single(await here.RunAsync(plan));
        var second = Assert.Single(await here.PlanAsync());
        here.Unpause(here.Inventory.Sites[0]);
        var third = Assert.Single(await here.PlanAsync());

        Assert.Equal(FailoverOutcome.Refused, result.Outcome);
        Assert.Contains("Migration of the database.", result.Reason, StringComparison.Ordinal);
        Assert.Equal([GateName.NotPaused], second.Gates.Where(static gate => !gate.Allows).Select(static gate => gate.Name));
        Assert.True(third.Allowed);
    }

    [Fact]
    public async Task The_cooldown_refuses_a_second_switch_and_an_override_is_journaled_with_its_reason()
    {
        await using var world = await FailoverWorld.StartAsync();
        var here = world.Machine();
        await here.SwitchOverAsync();

        var refused = Assert.Single(await here.PlanAsync(new PlanOptions { Planned = true }));
        var result = Assert.Single(await here.RunAsync(Assert.Single(await here.PlanAsync(
            new PlanOptions { Planned = true, Overrides = [GateName.Cooldown], OverrideReason = "The client is on the phone." }))));

        Assert.Equal([GateName.Cooldown], refused.Gates.Where(static gate => !gate.Allows).Select(static gate => gate.Name));
        Assert.Equal(FailoverOutcome.Succeeded, result.Outcome);
        var entry = here.GetHistory(new HistoryFilter { OperationId = result.OperationId }).Single();
        Assert.Contains("Cooldown", entry.Overrides, StringComparison.Ordinal);
        Assert.Contains("The client is on the phone.", entry.Overrides, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_fleet_limit_counts_plans_that_were_made_one_at_a_time()
    {
        await using var world = await FailoverWorld.StartAsync(sites: 5, inventory => inventory with { Policy = new FleetPolicy { MaxFailovers = 2, MaxFailoverPercent = 100 } });
        var here = world.Machine();
        world.Sandbox.StopHost("do-1");
        var plans = new List<SiteFailoverPlan>();
        foreach (var site in here.Inventory.Sites)
        {
            plans.AddRange(await here.PlanAsync(null, site.Name));
        }

        var results = await here.RunAsync([.. plans]);

        Assert.All(plans, static plan => Assert.True(plan.Allowed));
        Assert.All(results, static result => Assert.Equal(FailoverOutcome.Refused, result.Outcome));
        Assert.All(results, static result => Assert.Contains("maxFailovers 2", result.Reason, StringComparison.Ordinal));
        Assert.All(await world.LiveAsync(), static site => Assert.Equal("do-1", site.Value));
    }

    [Fact]
    public async Task The_fleet_limit_counts_what_other_operations_have_begun_and_not_yet_switched()
    {
        await using var world = await FailoverWorld.StartAsync(sites: 4, inventory => inventory with { Policy = new FleetPolicy { MaxFailovers = 2, MaxFailoverPercent = 100 } });
        world.Sandbox.StopHost("do-1");
        var second = world.Machine();
        var late = await second.PlanAsync(null, "site3", "site4");
        List<FailoverResult> refused = [];
        var first = world.Machine(reporter: new AtTheSwitch(() => refused = second.RunAsync([.. late]).WaitAsync(Eventually.Patience).GetAwaiter().GetResult()));

        var moved = await first.RunAsync([.. await first.PlanAsync(null, "site1", "site2")]);

        Assert.All(moved, static result => Assert.Equal(FailoverOutcome.Succeeded, result.Outcome));
        Assert.Equal(2, refused.Count);
        Assert.All(refused, static result => Assert.Equal((FailoverOutcome.Refused, ErrorIds.FailoverRefused), (result.Outcome, result.ErrorId)));
        Assert.Equal(2, (await world.LiveAsync()).Count(static site => site.Value == "li-1"));
    }

    [Fact]
    public async Task Of_many_processes_that_each_keep_to_the_fleet_limit_all_together_do()
    {
        await using var world = await FailoverWorld.StartAsync(sites: 6, inventory => inventory with { Policy = new FleetPolicy { MaxFailovers = 2, MaxFailoverPercent = 100 } });
        world.Sandbox.StopHost("do-1");
        var work = new List<(HostingWorkspace Machine, SiteFailoverPlan Plan)>();
        foreach (var site in world.Sandbox.Inventory.Sites)
        {
            var machine = world.Machine();
            work.Add((machine, Assert.Single(await machine.PlanAsync(null, site.Name))));
        }

        var results = await Task.WhenAll(work.Select(static one => Task.Run(() => one.Machine.RunAsync(one.Plan))));

        Assert.Equal(2, results.SelectMany(static list => list).Count(static result => result.Outcome == FailoverOutcome.Succeeded));
        Assert.Equal(2, (await world.LiveAsync()).Count(static site => site.Value == "li-1"));
    }

    [Fact]
    public async Task A_plan_of_another_zone_of_the_same_name_is_refused()
    {
        await using var world = await FailoverWorld.StartAsync();
        var here = world.Machine();
        var plan = Assert.Single(await here.PlanAsync(new PlanOptions { Planned = true }));

        var result = Assert.Single(await here.RunAsync(plan with { ZoneId = "Z0ELSEWHERE" }));

        Assert.Equal((FailoverOutcome.Refused, ErrorIds.PlanStale), (result.Outcome, result.ErrorId));
        Assert.Contains("Z0ELSEWHERE", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dual_stack_site_moves_both_families_in_one_batch_and_loses_one_its_standby_lacks()
    {
        var dual = TestSites.DigitalOcean with { AddressV6 = "2001:db8::10" };
        await using var world = await FailoverWorld.StartAsync(shape: inventory => inventory with
        {
            Hosts = new[] { dual, TestSites.Linode }.ToDictionary(static host => host.Name),
            Sites = [inventory.Sites[0] with { Primary = dual }],
        });
        var here = world.Machine();

        var result = Assert.Single(await here.SwitchOverAsync());
        var target = Assert.Single(await here.GetDnsTargetsAsync(here.Inventory.Sites, CancellationToken.None).ToListAsync());

        Assert.Equal(FailoverOutcome.Succeeded, result.Outcome);
        Assert.Equal(["A", "AAAA"], result.Before.Select(static set => set.Type).Order());
        Assert.Equal(["198.51.100.7"], Assert.Single(target.RecordSets).Values);
        Assert.Equal(1, world.Sandbox.ApiCalls["ChangeResourceRecordSets"]);
    }

    [Fact]
    public async Task A_plan_older_than_a_quarter_of_an_hour_is_refused()
    {
        await using var world = await FailoverWorld.StartAsync();
        var here = world.Machine();
        world.Sandbox.StopHost("do-1");
        var plan = Assert.Single(await here.PlanAsync());

        var result = Assert.Single(await here.RunAsync(plan with { CreatedAt = plan.CreatedAt.AddMinutes(-16) }));

        Assert.Equal((FailoverOutcome.Refused, ErrorIds.PlanStale), (result.Outcome, result.ErrorId));
    }

    [Fact]
    public async Task A_plan_that_was_carried_out_is_a_conflict_the_second_time()
    {
        await using var world = await FailoverWorld.StartAsync();
        var here = world.Machine();
        world.Sandbox.StopHost("do-1");
        var plan = Assert.Single(await here.PlanAsync());

        var first = Assert.Single(await here.RunAsync(plan));
        var second = Assert.Single(await here.RunAsync(plan));

        Assert.Equal(FailoverOutcome.Succeeded, first.Outcome);
        Assert.Equal((FailoverOutcome.Conflict, ErrorIds.RecordConflict), (second.Outcome, second.ErrorId));
        Assert.Contains(first.OperationId!, second.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Undo_of_an_operation_whose_record_somebody_changed_since_is_refused()
    {
        await using var world = await FailoverWorld.StartAsync();
        var here = world.Machine();
        var first = Assert.Single(await here.SwitchOverAsync());
        await here.SwitchOverAsync();

        var plan = Assert.Single(await here.PlanUndoAsync(first.OperationId, null, new PlanOptions(), CancellationToken.None).ToListAsync());

        Assert.Equal([GateName.RecordAsExpected], plan.Gates.Where(static gate => !gate.Allows).Select(static gate => gate.Name));
    }

    [Fact]
    public async Task A_record_is_set_by_hand_created_where_it_is_missing_and_taken_away_by_undo()
    {
        await using var world = await FailoverWorld.StartAsync();
        var here = world.Machine(shape: static inventory => inventory with
        {
            Sites = [.. inventory.Sites, inventory.Sites[0] with { Name = "new", Domain = "new.example", Record = "new.sites.example.net" }],
        });
        var plans = await here.PlanManualAsync(here.SelectSites(["new"]), "do-1", null, CancellationToken.None).ToListAsync();

        var made = Assert.Single(await here.RunAsync([.. plans]));
        var undo = await here.PlanUndoAsync(made.OperationId, null, new PlanOptions(), CancellationToken.None).ToListAsync();
        var gone = Assert.Single(await here.RunAsync([.. undo]));
        var target = Assert.Single(await here.GetDnsTargetsAsync(here.SelectSites(["new"]), CancellationToken.None).ToListAsync());

        Assert.Empty(made.Before);
        Assert.Equal(["203.0.113.10"], Assert.Single(made.After).Values);
        Assert.Equal(FailoverOutcome.Succeeded, gone.Outcome);
        Assert.Equal(DnsTargetState.Missing, target.State);
    }

    [Fact]
    public async Task Setting_a_record_to_what_it_is_changes_nothing()
    {
        await using var world = await FailoverWorld.StartAsync();
        var here = world.Machine();
        var plans = await here.PlanManualAsync(here.Inventory.Sites, null, HealthTarget.Primary, CancellationToken.None).ToListAsync();

        var result = Assert.Single(await here.RunAsync([.. plans]));

        Assert.Equal(FailoverOutcome.Unchanged, result.Outcome);
        Assert.DoesNotContain("ChangeResourceRecordSets", world.Sandbox.ApiCalls.Keys);
    }

    [Theory]
    [InlineData("do-9", ErrorIds.HostNotFound)]
    public async Task A_host_that_is_not_the_sites_own_is_an_error(string host, string errorId)
    {
        await using var world = await FailoverWorld.StartAsync();

        var error = await Assert.ThrowsAsync<HostingException>(() => world.Machine().PlanAsync(new PlanOptions { Planned = true, To = host }));

        Assert.Equal(errorId, error.ErrorId);
    }

    [Fact]
    public async Task Nothing_can_be_begun_without_a_journal()
    {
        await using var world = await FailoverWorld.StartAsync();
        var path = world.Folder.Write("notes.db", "These are my notes, not a database.");
        var here = world.Machine("notes");

        var error = await Assert.ThrowsAsync<HostingException>(() => here.SwitchOverAsync());

        Assert.Equal(ErrorIds.StateCorrupt, error.ErrorId);
        Assert.Equal("do-1", await world.LiveAsync("site1"));
        Assert.Equal("These are my notes, not a database.", await File.ReadAllTextAsync(path));
    }

    private sealed class AtTheSwitch(Action act) : IOperationReporter
    {
        public void Progress(OperationProgress progress)
        {
        }

        public void Verbose(string message)
        {
            if (message.StartsWith("Sending batch", StringComparison.Ordinal))
            {
                act();
            }
        }

        public void Warning(string message)
        {
        }
    }
}
