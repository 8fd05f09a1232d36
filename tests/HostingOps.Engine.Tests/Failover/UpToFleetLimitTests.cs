using HostingOps.Engine.Failover;
using HostingOps.Sandbox.Api;

namespace HostingOps.Engine.Tests.Failover;

/// <summary>More sites are down than the fleet's limit lets move: with nobody asked, the first of them go.</summary>
public sealed class UpToFleetLimitTests
{
    [Fact]
    public async Task Of_forty_sites_the_first_three_in_the_inventorys_order_move_and_the_rest_is_refused()
    {
        await using var world = await FailoverWorld.StartAsync(40, static inventory => inventory with
        {
            Policy = new FleetPolicy { MaxFailovers = 3, MaxFailoverPercent = 100 },
        });
        var here = world.Machine();
        world.Sandbox.StopHost("do-1");
        var names = world.Sandbox.Inventory.Sites.Select(static site => site.Name).ToArray();

        var plans = await here.PlanAsync(new PlanOptions { UpToFleetLimit = true });
        var results = await here.RunAsync([.. plans]);

        Assert.Equal(names, plans.Select(static plan => plan.SiteName));
        Assert.Equal(names[..3], plans.Where(static plan => plan.Allowed).Select(static plan => plan.SiteName));
        Assert.All(plans.Skip(3), static plan => Assert.Equal([GateName.FleetLimit], plan.Gates.Where(static gate => !gate.Allows).Select(static gate => gate.Name)));
        Assert.Equal(names[..3], results.Where(static result => result.Outcome == FailoverOutcome.Succeeded).Select(static result => result.SiteName).Order(StringComparer.Ordinal));
        Assert.Equal(37, results.Count(static result => result.Outcome == FailoverOutcome.Refused));
        Assert.Equal(names[..3], (await world.LiveAsync()).Where(static pair => pair.Value == "li-1").Select(static pair => pair.Key).Order(StringComparer.Ordinal));

        // The three count: the next plan lets nobody through.
        Assert.DoesNotContain(await here.PlanAsync(new PlanOptions { UpToFleetLimit = true }), static plan => plan.Allowed);
    }

    [Fact]
    public async Task Those_that_another_gate_refuses_use_up_nothing_of_the_limit()
    {
        await using var world = await FailoverWorld.StartAsync(6, static inventory => inventory with
        {
            Policy = new FleetPolicy { MaxFailovers = 2, MaxFailoverPercent = 100 },
        });
        world.Sandbox.StopHost("do-1");
        world.Sandbox.SetFault("site1", "li-1", SandboxFault.ServiceUnavailable);
        world.Sandbox.SetFault("site3", "li-1", SandboxFault.ServiceUnavailable);

        var plans = await world.Machine().PlanAsync(new PlanOptions { UpToFleetLimit = true });

        Assert.Equal(["site2", "site4"], plans.Where(static plan => plan.Allowed).Select(static plan => plan.SiteName));
    }

    [Fact]
    public async Task By_hand_all_are_refused_for_a_person_can_choose()
    {
        await using var world = await FailoverWorld.StartAsync(5, static inventory => inventory with
        {
            Policy = new FleetPolicy { MaxFailovers = 3, MaxFailoverPercent = 100 },
        });
        world.Sandbox.StopHost("do-1");

        Assert.DoesNotContain(await world.Machine().PlanAsync(), static plan => plan.Allowed);
    }
}
