using Amazon.Route53;
using Amazon.Route53.Model;
using HostingOps.Engine.Aws;
using HostingOps.Engine.Failover;

namespace HostingOps.Engine.Tests.Failover;

/// <summary>Sites whose hosts are of different kinds: addresses on one side, a name on the other.</summary>
public sealed class TypeChangeTests
{
    private static readonly SiteHost Dual = TestSites.DigitalOcean with { AddressV6 = "2001:db8::10" };
    private static readonly SiteHost Named = TestSites.Linode with { Address = null, Cname = "lb.linode.example" };

    [Fact]
    public async Task A_and_AAAA_become_a_CNAME_and_come_back_in_one_batch_each()
    {
        await using var world = await StartAsync();
        var here = world.Machine();

        var there = Assert.Single(await here.RunAsync([.. await PlanAsync(here, "li-1")]));
        var live = await world.LiveAsync("site1");
        var back = Assert.Single(await here.RunAsync([.. await PlanAsync(here, "do-1")]));

        Assert.Equal("li-1", live);
        Assert.Equal("CNAME", Assert.Single(there.After).Type);
        Assert.Equal(there.After, back.Before);
        Assert.Equal(["A", "AAAA"], back.After.Select(static set => set.Type).Order());
        Assert.Equal("do-1", await world.LiveAsync("site1"));
        Assert.Equal(2, world.Sandbox.ApiCalls["ChangeResourceRecordSets"]);
    }

    [Fact]
    public async Task A_CNAME_that_would_stand_beside_a_TXT_is_refused_by_the_plan()
    {
        await using var world = await StartAsync();
        var here = world.Machine();
        await AddTextAsync(world, here);

        var byHand = Assert.Single(await PlanAsync(here, "li-1"));
        var planned = Assert.Single(await here.PlanAsync(new PlanOptions { Planned = true }));

        foreach (var plan in new[] { byHand, planned })
        {
            var gate = plan.Gates.Single(static gate => gate.Name == GateName.RecordAsExpected);
            Assert.Equal(GateOutcome.Refused, gate.Outcome);
            Assert.Contains("TXT", gate.Reason, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_TXT_beside_addresses_is_left_alone()
    {
        await using var world = await FailoverWorld.StartAsync();
        var here = world.Machine();
        await AddTextAsync(world, here);

        var result = Assert.Single(await here.SwitchOverAsync());
        var zone = await here.ReadZoneAsync(null, CancellationToken.None);

        Assert.Equal(FailoverOutcome.Succeeded, result.Outcome);
        Assert.Contains(zone, static set => set is { Type: "TXT", Name: "site1.sites.example.net" });
    }

    private static Task<FailoverWorld> StartAsync() => FailoverWorld.StartAsync(shape: static inventory => inventory with
    {
        Hosts = new[] { Dual, Named }.ToDictionary(static host => host.Name),
        Sites = [inventory.Sites[0] with { Primary = Dual, Secondary = Named }],
    });

    private static Task<List<SiteFailoverPlan>> PlanAsync(HostingWorkspace workspace, string host) =>
        workspace.PlanManualAsync(workspace.Inventory.Sites, host, null, CancellationToken.None).ToListAsync();

    private static async Task AddTextAsync(FailoverWorld world, HostingWorkspace workspace)
    {
        var target = Assert.Single(await workspace.GetDnsTargetsAsync(workspace.Inventory.Sites, CancellationToken.None).ToListAsync());
        using var aws = new AwsConnection(world.Sandbox.Inventory.Aws);
        await aws.Route53.ChangeResourceRecordSetsAsync(new ChangeResourceRecordSetsRequest
        {
            HostedZoneId = target.ZoneId,
            ChangeBatch = new ChangeBatch
            {
                Changes =
                [
                    new Change
                    {
                        Action = ChangeAction.CREATE,
                        ResourceRecordSet = new ResourceRecordSet
                        {
                            Name = target.Record + ".",
                            Type = RRType.TXT,
                            TTL = 60,
                            ResourceRecords = [new ResourceRecord { Value = "\"site-verification=1\"" }],
                        },
                    },
                ],
            },
        });
    }
}
