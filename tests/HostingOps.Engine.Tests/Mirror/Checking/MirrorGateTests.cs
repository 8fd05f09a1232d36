using HostingOps.Engine.Failover;
using HostingOps.Engine.Tests.Failover;

namespace HostingOps.Engine.Tests.Mirror.Checking;

/// <summary>Plans of sites whose standby is a mirror, in the sandbox.</summary>
public sealed class MirrorGateTests
{
    [Fact]
    public async Task A_site_fails_over_to_a_fresh_mirror_and_back_without_being_asked_for_one()
    {
        await using var world = await FailoverWorld.StartAsync(sites: 2, shape: WithMirrors);
        world.Sandbox.StopHost("do-1");
        var here = world.Machine();

        var plans = await here.PlanAsync();
        var results = await here.RunAsync([.. plans]);

        Assert.All(plans, static plan => Assert.StartsWith("li-1 (", Gate(plan).Reason, StringComparison.Ordinal));
        Assert.All(plans, static plan => Assert.Equal(GateOutcome.Passed, Gate(plan).Outcome));
        Assert.All(results, static result => Assert.Equal(FailoverOutcome.Succeeded, result.Outcome));

        world.Sandbox.StartHost("do-1");
        world.Sandbox.SetFault("site1", "li-1", SandboxFault.StaleMirror);
        var back = (await here.PlanAsync(new PlanOptions { Planned = true, Overrides = [GateName.Cooldown], OverrideReason = "Test." }, "site1"))[0];
        Assert.True(back.Allowed, string.Join(" ", back.Gates));
        Assert.Equal("do-1 serves the site itself, not its mirror.", Gate(back).Reason);
        var undo = await here.PlanUndoAsync(results[0].OperationId, ["site1"], new PlanOptions(), CancellationToken.None).ToListAsync();
        Assert.DoesNotContain(undo[0].Gates, static gate => gate.Name == GateName.MirrorFresh);
    }

    [Fact]
    public async Task A_stale_mirror_refuses_though_the_standby_answers_and_can_be_overridden_by_name()
    {
        await using var world = await FailoverWorld.StartAsync(shape: WithMirrors);
        world.Sandbox.StopHost("do-1");
        world.Sandbox.SetFault("site1", "li-1", SandboxFault.StaleMirror);
        var here = world.Machine();

        var plan = Assert.Single(await here.PlanAsync());
        var refused = Assert.Single(await here.RunAsync(plan));
        var overridden = Assert.Single(await here.PlanAsync(new PlanOptions { Overrides = [GateName.MirrorFresh], OverrideReason = "Better old than nothing." }));

        Assert.Equal([GateName.MirrorFresh], plan.Gates.Where(static gate => !gate.Allows).Select(static gate => gate.Name));
        Assert.Contains("of 100 days ago with 12 pages; 36 h are allowed", Gate(plan).Reason, StringComparison.Ordinal);
        Assert.Equal((FailoverOutcome.Refused, "do-1"), (refused.Outcome, await world.LiveAsync("site1")));
        Assert.True(overridden.Allowed);
        Assert.Equal(FailoverOutcome.Succeeded, Assert.Single(await here.RunAsync(overridden)).Outcome);
    }

    [Fact]
    public async Task A_standby_that_is_no_mirror_is_unknown_and_refuses()
    {
        // The sandbox's hosts know of no mirror; this machine's inventory does.
        await using var world = await FailoverWorld.StartAsync();
        world.Sandbox.StopHost("do-1");

        var plan = Assert.Single(await world.Machine(shape: WithMirrors).PlanAsync());

        Assert.False(plan.Allowed);
        Assert.Equal(GateOutcome.Unknown, Gate(plan).Outcome);
        Assert.Contains("does not say how fresh its mirror is", Gate(plan).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Taking_a_way_back_back_leads_to_the_mirror_and_asks_for_it()
    {
        await using var world = await FailoverWorld.StartAsync(shape: WithMirrors);
        var here = world.Machine();
        await here.SwitchOverAsync("site1");
        var home = Assert.Single(await here.SwitchOverAsync("site1"));
        Assert.Equal("do-1", await world.LiveAsync("site1"));
        world.Sandbox.SetFault("site1", "li-1", SandboxFault.StaleMirror);

        var undo = Assert.Single(await here.PlanUndoAsync(home.OperationId, null, new PlanOptions(), CancellationToken.None).ToListAsync());

        Assert.Equal([GateName.MirrorFresh], undo.Gates.Where(static gate => !gate.Allows).Select(static gate => gate.Name));
    }

    private static HostingInventory WithMirrors(HostingInventory inventory) =>
        inventory with { Sites = [.. inventory.Sites.Select(static site => site with { Mirror = MirrorSettings.Default })] };

    private static FailoverGate Gate(SiteFailoverPlan plan) => plan.Gates.Single(static gate => gate.Name == GateName.MirrorFresh);
}
