using System.Text.Json;
using HostingOps.Engine.Dns.Sync;
using HostingOps.Sandbox.Tests.World;

namespace HostingOps.Sandbox.Tests.Sync;

public sealed class Syncs_of_a_zone
{
    [Fact]
    public async Task New_records_are_proven_at_the_name_server_and_a_second_sync_finds_nothing_to_do()
    {
        await using var desk = await SyncDesk.StartAsync();
        var inventory = desk.Inventory("agency", 3);

        var first = await desk.SyncAsync(inventory, verify: true);
        var second = await desk.SyncAsync(inventory, verify: true);

        Assert.Equal([DnsRecordChangeOutcome.Applied, DnsRecordChangeOutcome.Applied, DnsRecordChangeOutcome.Applied], first.Select(static result => result.Outcome));
        Assert.All(first, static result => Assert.Equal(3, result.Change.After.Count));
        Assert.Empty(second);
    }

    [Fact]
    public async Task Two_machines_that_sync_at_once_make_each_record_exactly_once()
    {
        await using var desk = await SyncDesk.StartAsync();
        var inventory = desk.Inventory("agency", 700);
        await using var one = desk.Machine(inventory, "one");
        await using var two = desk.Machine(inventory, "two");
        var plans = await Task.WhenAll(one.PlanSyncAsync(new SyncOptions(), default), two.PlanSyncAsync(new SyncOptions(), default));
        Assert.Equal(plans[0].Checksum, plans[1].Checksum);

        var results = await Task.WhenAll(
            SyncDesk.CollectAsync(one.ZoneChanges.ApplyAsync(plans[0], SyncDesk.Unproven, default)),
            SyncDesk.CollectAsync(two.ZoneChanges.ApplyAsync(plans[1], SyncDesk.Unproven, default)));

        Assert.All(results, static own => Assert.Equal(700, own.Count));
        Assert.All(results.SelectMany(static own => own), static result => Assert.Null(result.ErrorId));
        foreach (var site in results.SelectMany(static own => own).GroupBy(static result => result.Record))
        {
            Assert.Equal([DnsRecordChangeOutcome.Applied, DnsRecordChangeOutcome.AlreadyThere], site.Select(static result => result.Outcome).Order());
        }

        Assert.Empty(await desk.SyncAsync(inventory));
    }

    [Fact]
    public async Task Two_inventories_share_a_zone_and_neither_touches_the_others_records()
    {
        await using var desk = await SyncDesk.StartAsync();
        var ours = desk.Inventory("agency", 40);
        var theirs = desk.Inventory("partner", 40, "p");
        await desk.SyncAsync(ours);
        await desk.SyncAsync(theirs, "two");
        var before = await desk.ZoneAsync();

        // Theirs now wants ten of ours too, and has lost all of its own.
        var greedy = theirs with { Sites = [.. ours.Sites.Take(10)] };
        await using var machine = desk.Machine(greedy, "two");
        var plan = await machine.PlanSyncAsync(new SyncOptions { Prune = true, Adopt = ["*"] }, CancellationToken.None);
        var results = await SyncDesk.CollectAsync(machine.ZoneChanges.ApplyAsync(plan, SyncDesk.Unproven, CancellationToken.None));

        Assert.Equal(40, results.Count);
        Assert.All(results, static result => Assert.Equal((DnsChangeAction.Delete, DnsRecordChangeOutcome.Applied, 'p'), (result.Action, result.Outcome, result.Record[0])));
        Assert.Equal(10, plan.Notices.Count(static notice => notice.Kind == ZoneNoticeKind.OtherOwner));
        Assert.Equal(10, machine.SitesLeftOut(plan).Count());
        Assert.Equal(before.Where(static set => !set.Name.Contains("p0", StringComparison.Ordinal)), await desk.ZoneAsync());
    }

    [Fact]
    public async Task A_sync_that_was_cut_off_between_its_requests_is_finished_with_the_reviewed_checksum_and_nothing_else()
    {
        await using var desk = await SyncDesk.StartAsync();
        var inventory = desk.Inventory("agency", 700);
        var reviewed = await CutOffAsync(desk, inventory);
        var half = (await desk.ZoneAsync()).Count(static set => set.Type == "TXT");
        Assert.InRange(half, 1, 699);

        // Whoever comes back has another inventory in hand by now: what was reviewed is finished, and nothing else.
        await using var machine = desk.Machine(desk.Inventory("agency", 900));
        var operation = await machine.FindCutOffAsync(reviewed, CancellationToken.None);
        var results = await SyncDesk.CollectAsync(machine.ZoneChanges.ResumeAsync(operation!, SyncDesk.Unproven, CancellationToken.None));

        Assert.Equal(700, results.Count);
        Assert.All(results, static result => Assert.Null(result.ErrorId));
        Assert.Equal(700, (await desk.ZoneAsync()).Count(static set => set.Type == "TXT"));
        Assert.Null(await machine.FindCutOffAsync(reviewed, CancellationToken.None));
        Assert.Empty(await desk.SyncAsync(inventory));
    }

    [Fact]
    public async Task A_sync_that_was_cut_off_is_also_finished_by_another_machine_that_knows_nothing_of_it()
    {
        await using var desk = await SyncDesk.StartAsync();
        var inventory = desk.Inventory("agency", 700);
        var reviewed = await CutOffAsync(desk, inventory);

        await using var other = desk.Machine(inventory, "two");
        Assert.Null(await other.FindCutOffAsync(reviewed, CancellationToken.None));
        var rest = await desk.SyncAsync(inventory, "two");

        Assert.InRange(rest.Count, 1, 699);
        Assert.Empty(await desk.SyncAsync(inventory));
    }

    [Fact]
    public async Task A_failover_between_plan_and_apply_makes_the_mending_a_conflict_and_stays()
    {
        await using var desk = await SyncDesk.StartAsync();
        var inventory = desk.Inventory("agency", 1);
        await desk.SyncAsync(inventory);
        var slower = inventory with { Sites = [.. inventory.Sites.Select(static site => site with { Ttl = 300 })] };
        await using var machine = desk.Machine(slower);
        var plan = await machine.PlanSyncAsync(new SyncOptions(), CancellationToken.None);
        await foreach (var moved in machine.InvokeAsync(await PlansAsync(machine.PlanManualAsync(slower.Sites, "li-1", null, default)), new() { VerifyTimeout = TimeSpan.FromSeconds(1) }, default))
        {
            // The sandbox has no such site to ask; its record is switched.
            Assert.Equal(FailoverOutcome.SwitchedWithWarnings, moved.Outcome);
        }

        var result = Assert.Single(await SyncDesk.CollectAsync(machine.ZoneChanges.ApplyAsync(plan, SyncDesk.Unproven, default)));

        Assert.Equal((DnsRecordChangeOutcome.Conflict, ErrorIds.RecordConflict), (result.Outcome, result.ErrorId));
        Assert.Equal(["198.51.100.7"], (await desk.ZoneAsync()).Single(static set => set is { Name: "s00000.sites.example.net", Type: "A" }).Values);
        Assert.Empty(await desk.SyncAsync(slower));
    }

    [Fact]
    public async Task One_site_is_asked_for_by_name_whatever_else_is_in_the_zone()
    {
        await using var desk = await SyncDesk.StartAsync();
        await desk.SyncAsync(desk.Inventory("agency", 700));
        await using var machine = desk.Machine(desk.Inventory("agency", 701));
        var plan = await machine.PlanSyncAsync(new SyncOptions { Sites = ["s00700"] }, CancellationToken.None);

        Assert.Equal(["s00700.sites.example.net"], plan.Changes.Select(static change => change.Record));
        Assert.Empty(plan.Notices);
        Assert.Equal(2, machine.AwsCalls.Single(static call => call.Key.EndsWith("ListResourceRecordSets", StringComparison.Ordinal)).Value);
    }

    [SkippableFact]
    public async Task The_aws_CLI_reads_back_what_a_sync_has_written_and_a_sync_reads_what_the_aws_CLI_has()
    {
        await using var desk = await SyncDesk.StartAsync();
        var inventory = desk.Inventory("agency", 1) with { Sync = new SyncPolicy() };
        await desk.SyncAsync(inventory);

        var sets = (await AwsCli.ExpectAsync(desk.Sandbox.EndpointUrl, "route53", "list-resource-record-sets", "--hosted-zone-id", desk.Sandbox.ZoneId))
            .GetProperty("ResourceRecordSets").EnumerateArray().Where(static set => Text(set, "Name").Contains("s00000", StringComparison.Ordinal)).ToArray();
        Assert.Equal(
            [
                ("s00000.sites.example.net.", "A", "203.0.113.10"),
                ("s00000.sites.example.net.", "AAAA", "2001:db8::10"),
                ("_hostingops-owner.s00000.sites.example.net.", "TXT", "\"hostingops/1 owner=agency site=s00000\""),
            ],
            sets.Select(static set => (Text(set, "Name"), Text(set, "Type"), Text(set.GetProperty("ResourceRecords")[0], "Value"))));

        // Somebody gives the record away by hand, as the documentation says.
        await AwsCli.ExpectAsync(
            desk.Sandbox.EndpointUrl, "route53", "change-resource-record-sets", "--hosted-zone-id", desk.Sandbox.ZoneId, "--change-batch",
            $$"""{"Changes": [{"Action": "DELETE", "ResourceRecordSet": {{sets[2].GetRawText()}}}]}""");
        var adopted = Assert.Single(await desk.SyncAsync(inventory with { Owner = "partner" }, options: new SyncOptions { Adopt = ["*"] }));
        Assert.Equal("\"hostingops/1 owner=partner site=s00000\"", Assert.Single(Assert.Single(adopted.Change.After).Values));
        Assert.Empty(await desk.SyncAsync(inventory));
    }

    private static async Task<ReviewedPlan> CutOffAsync(SyncDesk desk, HostingInventory inventory)
    {
        await using var machine = desk.Machine(inventory);
        var plan = await machine.PlanSyncAsync(new SyncOptions(), CancellationToken.None);
        await foreach (var _ in machine.ZoneChanges.ApplyAsync(plan, SyncDesk.Unproven, CancellationToken.None))
        {
            break;
        }

        return new ReviewedPlan(plan.Checksum);
    }

    private static async Task<IReadOnlyList<SiteFailoverPlan>> PlansAsync(IAsyncEnumerable<SiteFailoverPlan> source)
    {
        var plans = new List<SiteFailoverPlan>();
        await foreach (var plan in source)
        {
            plans.Add(plan);
        }

        return plans;
    }

    private static string Text(JsonElement item, string property) => item.GetProperty(property).GetString()!;
}
