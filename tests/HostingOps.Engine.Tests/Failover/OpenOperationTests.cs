using HostingOps.Engine.Failover;
using HostingOps.Engine.State;
using HostingOps.Sandbox.Api;

namespace HostingOps.Engine.Tests.Failover;

/// <summary>The gate NothingOpen: what was cut off refuses, what is being carried out is the lock's affair.</summary>
public sealed class OpenOperationTests
{
    [Fact]
    public async Task While_another_process_is_at_work_the_answer_is_the_locks_and_names_the_holder()
    {
        await using var world = await FailoverWorld.StartAsync();
        using var database = StateDatabase.Open(world.StateOf("here"), TimeProvider.System);
        var operationId = await CutOffAsync(world);
        using var lease = new OperationLock(database).AcquireAll("sites.example.net", ["site1"], operationId, "ops@desk", TimeSpan.FromMinutes(2));

        var plan = Assert.Single(await world.Machine().PlanAsync(new PlanOptions { Planned = true }));
        var result = Assert.Single(await world.Machine().RunAsync(plan));

        var gate = plan.Gates.Single(static gate => gate.Name == GateName.NothingOpen);
        Assert.Equal(GateOutcome.Passed, gate.Outcome);
        Assert.Contains(operationId, gate.Reason, StringComparison.Ordinal);
        Assert.Contains("ops@desk", gate.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain("Resume-SiteFailover", gate.Reason, StringComparison.Ordinal);
        Assert.Equal((FailoverOutcome.Conflict, ErrorIds.SiteBusy), (result.Outcome, result.ErrorId));
        Assert.Contains("ops@desk", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lock_of_another_operation_does_not_make_the_one_that_was_cut_off_a_running_one()
    {
        await using var world = await FailoverWorld.StartAsync();
        using var database = StateDatabase.Open(world.StateOf("here"), TimeProvider.System);
        await CutOffAsync(world);
        using var lease = new OperationLock(database).AcquireAll("sites.example.net", ["site1"], "01OTHER", "ops@desk", TimeSpan.FromMinutes(2));

        var plan = Assert.Single(await world.Machine().PlanAsync(new PlanOptions { Planned = true }));

        Assert.Equal(GateOutcome.Refused, plan.Gates.Single(static gate => gate.Name == GateName.NothingOpen).Outcome);
    }

    [Fact]
    public async Task A_plan_from_before_another_operation_was_begun_and_cut_off_is_refused()
    {
        await using var world = await FailoverWorld.StartAsync(sites: 2);
        var plans = await world.Machine().PlanAsync(new PlanOptions { Planned = true });
        var operationId = await CutOffAsync(world, "site1");

        var results = (await world.Machine().RunAsync([.. plans])).ToDictionary(static result => result.SiteName);

        Assert.Equal((FailoverOutcome.Refused, ErrorIds.FailoverRefused), (results["site1"].Outcome, results["site1"].ErrorId));
        Assert.Contains($"Resume-SiteFailover -OperationId {operationId}", results["site1"].Reason, StringComparison.Ordinal);
        Assert.Equal("do-1", await world.LiveAsync("site1"));
        Assert.Equal(FailoverOutcome.Succeeded, results["site2"].Outcome);
        Assert.Equal(FailoverOutcome.Succeeded, Assert.Single(await world.Machine().ResumeAllAsync()).Outcome);
    }

    [Fact]
    public async Task Whoever_overrode_the_gate_by_name_passes_it_again_under_the_lock()
    {
        await using var world = await FailoverWorld.StartAsync();
        await CutOffAsync(world);
        var plans = await world.Machine().PlanAsync(new PlanOptions { Planned = true, Overrides = [GateName.NothingOpen], OverrideReason = "The old one is lost." });

        var result = Assert.Single(await world.Machine().RunAsync([.. plans]));

        Assert.Equal(FailoverOutcome.Succeeded, result.Outcome);
    }

    [Fact]
    public async Task Taking_back_an_older_operation_is_refused_while_a_newer_one_is_cut_off()
    {
        await using var world = await FailoverWorld.StartAsync();
        var older = Assert.Single(await world.Machine().SwitchOverAsync());
        var early = await UndoPlansAsync(world, older.OperationId!);
        var cutOff = await CutOffAsync(world, overrides: [GateName.Cooldown]);

        var late = Assert.Single(await UndoPlansAsync(world, older.OperationId!));
        var result = Assert.Single(await world.Machine().RunAsync([.. early]));

        Assert.DoesNotContain(early[0].Gates, static gate => gate.Name == GateName.NothingOpen);
        var gate = late.Gates.Single(static gate => gate.Name == GateName.NothingOpen);
        Assert.Equal(GateOutcome.Refused, gate.Outcome);
        Assert.Contains(cutOff, gate.Reason, StringComparison.Ordinal);
        Assert.Equal((FailoverOutcome.Refused, ErrorIds.FailoverRefused), (result.Outcome, result.ErrorId));
        Assert.Equal(FailoverOutcome.Succeeded, Assert.Single(await world.Machine().ResumeAllAsync()).Outcome);
    }

    [Fact]
    public async Task An_undo_that_was_cut_off_before_its_switch_is_resumed()
    {
        await using var world = await FailoverWorld.StartAsync();
        var done = Assert.Single(await world.Machine().SwitchOverAsync());
        await CutOffAsync(world, await UndoPlansAsync(world, done.OperationId!));
        Assert.Equal("li-1", await world.LiveAsync("site1"));

        var resumed = Assert.Single(await world.Machine().ResumeAllAsync());

        Assert.Equal((FailoverKind.Undo, FailoverOutcome.Succeeded), (resumed.Kind, resumed.Outcome));
        Assert.Equal("do-1", await world.LiveAsync("site1"));
    }

    [Fact]
    public async Task Many_that_planned_before_one_was_cut_off_are_all_refused()
    {
        await using var world = await FailoverWorld.StartAsync();
        var machines = Enumerable.Range(0, 6).Select(_ => world.Machine()).ToArray();
        var plans = await Task.WhenAll(machines.Select(static machine => machine.PlanAsync(new PlanOptions { Planned = true })));
        await CutOffAsync(world);

        var results = await Task.WhenAll(machines.Zip(plans, static (machine, plan) => machine.RunAsync([.. plan])));

        Assert.All(results, static list => Assert.Contains(Assert.Single(list).ErrorId, new[] { ErrorIds.FailoverRefused, ErrorIds.SiteBusy }));
        Assert.Contains(results, static list => list[0].ErrorId == ErrorIds.FailoverRefused);
        Assert.Equal("do-1", await world.LiveAsync("site1"));
        Assert.Single(world.Machine().GetHistory(new HistoryFilter()));
    }

    [Fact]
    public async Task Of_no_site_nothing_is_asked_of_AWS()
    {
        await using var world = await FailoverWorld.StartAsync();
        world.Sandbox.Faults.FailNext("ListHostedZonesByName", SandboxApiFault.ConnectionLostBefore, 50);

        Assert.Empty(await world.Machine().PlanFailoverAsync([], new PlanOptions(), CancellationToken.None).ToListAsync());
        Assert.Empty(await world.Machine().PlanManualAsync([], null, HealthTarget.Primary, CancellationToken.None).ToListAsync());
        Assert.Empty(world.Sandbox.ApiCalls);
    }

    private static Task<List<SiteFailoverPlan>> UndoPlansAsync(FailoverWorld world, string operationId) =>
        world.Machine().PlanUndoAsync(operationId, null, new PlanOptions(), CancellationToken.None).ToListAsync();

    private static async Task<string> CutOffAsync(FailoverWorld world, string site = "site1", GateName[]? overrides = null) =>
        await CutOffAsync(world, await world.Machine().PlanAsync(
            new PlanOptions { Planned = true, Overrides = overrides ?? [], OverrideReason = "Test." }, site));

    // Route 53 can't be reached from the first request to the last, so that nobody can tell whether the switch was made.
    private static async Task<string> CutOffAsync(FailoverWorld world, IReadOnlyList<SiteFailoverPlan> plans)
    {
        world.Sandbox.Faults.FailNext("ChangeResourceRecordSets", SandboxApiFault.ConnectionLostBefore, 50);
        world.Sandbox.Faults.FailNext("ListResourceRecordSets", SandboxApiFault.ConnectionLostBefore, 50);
        var result = Assert.Single(await world.Machine().RunAsync([.. plans]));
        world.Sandbox.Faults.Clear();
        Assert.Equal(FailoverOutcome.Unknown, result.Outcome);
        return result.OperationId!;
    }
}
