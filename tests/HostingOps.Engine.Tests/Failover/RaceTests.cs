using HostingOps.Engine.Aws;
using HostingOps.Engine.Dns;

namespace HostingOps.Engine.Tests.Failover;

public sealed class RaceTests
{
    [Fact]
    public async Task Of_fifty_switchers_over_two_hundred_rounds_exactly_one_wins_each()
    {
        const int Switchers = 50;
        const int Rounds = 200;

        // Writes queue instead of being told to come again: the race is about who wins, not about who waits.
        await using var world = await FailoverWorld.StartAsync(processing: TimeSpan.Zero);
        using var aws = new AwsConnection(world.Sandbox.Inventory.Aws);
        var reader = new HostedZoneReader(aws.Route53, SilentReporter.Instance);
        var zone = await reader.FindAsync("sites.example.net", CancellationToken.None);
        var site = world.Sandbox.Inventory.Sites[0];
        var (from, to) = (site.Primary, site.Secondary);
        string? marker = null;
        for (var round = 0; round < Rounds; round++)
        {
            var change = new DnsSwitch
            {
                SiteName = site.Name,
                Record = site.Record,
                Before = DesiredRecords.For(site, from),
                After = DesiredRecords.For(site, to),
                MarkerSeen = marker,
            };
            var results = await Task.WhenAll(Enumerable.Range(0, Switchers).Select(i => Task.Run(async () =>
            {
                var switcher = new RecordSwitcher(aws.Route53, reader, SilentReporter.Instance, TimeProvider.System, Random.Shared);
                var operation = new SwitchMarker { OperationId = $"R{round}-S{i}", By = $"switcher{i}@race", At = DateTimeOffset.UtcNow };
                return (Operation: operation.OperationId, Result: Assert.Single(
                    await switcher.SwitchAsync(zone, [change], operation, CancellationToken.None).ToListAsync()));
            })));

            var winner = Assert.Single(results, static one => one.Result.Outcome == SwitchOutcome.Applied);
            foreach (var (_, result) in results.Where(one => one != winner))
            {
                Assert.Equal(SwitchOutcome.Conflict, result.Outcome);
                Assert.Equal(winner.Operation, Assert.IsType<RecordConflictException>(result.Error).Winner?.OperationId);
            }

            marker = winner.Operation;
            (from, to) = (to, from);
        }
    }

    [Fact]
    public async Task Of_machines_that_fail_over_the_same_site_one_succeeds_and_the_others_hear_who()
    {
        await using var world = await FailoverWorld.StartAsync();
        world.Sandbox.StopHost("do-1");
        var machines = Enumerable.Range(1, 6).Select(i => world.Machine($"machine{i}")).ToArray();
        var plans = await Task.WhenAll(machines.Select(static machine => machine.PlanAsync()));

        var results = await Task.WhenAll(machines.Zip(plans, static (machine, plan) => machine.RunAsync([.. plan])));

        var winner = Assert.Single(results.SelectMany(static list => list), static result => result.Outcome == FailoverOutcome.Succeeded);
        var losers = results.SelectMany(static list => list).Where(result => result != winner).ToArray();
        Assert.Equal(5, losers.Length);
        Assert.All(losers, static loser => Assert.Equal((FailoverOutcome.Conflict, ErrorIds.RecordConflict), (loser.Outcome, loser.ErrorId)));
        Assert.All(losers, loser => Assert.Contains(winner.OperationId!, loser.Reason, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Two_operators_on_one_machine_do_not_get_in_each_others_way()
    {
        await using var world = await FailoverWorld.StartAsync();
        world.Sandbox.StopHost("do-1");
        var (one, two) = (world.Machine(), world.Machine());
        var plan = Assert.Single(await one.PlanAsync());

        var results = (await Task.WhenAll(one.RunAsync(plan), two.RunAsync(plan))).SelectMany(static list => list).ToArray();

        Assert.Single(results, static result => result.Outcome == FailoverOutcome.Succeeded);
        Assert.Single(results, static result => result.Outcome == FailoverOutcome.Conflict && result.ErrorId is ErrorIds.SiteBusy or ErrorIds.RecordConflict);
    }
}
