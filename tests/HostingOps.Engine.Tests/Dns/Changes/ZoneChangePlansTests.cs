using HostingOps.Engine.Dns;
using HostingOps.Engine.Dns.Changes;

namespace HostingOps.Engine.Tests.Dns.Changes;

/// <summary>What a plan of zone changes says of itself: its limits, its checksum, its order.</summary>
public sealed class ZoneChangePlansTests
{
    private static readonly HostedZoneReference Zone = new("Z1", "sites.example.net", 100);

    [Theory]
    [InlineData(50, 1000, GateOutcome.Passed, GateOutcome.Passed)]
    [InlineData(51, 1000, GateOutcome.Refused, GateOutcome.Passed)]
    [InlineData(30, 100, GateOutcome.Passed, GateOutcome.Passed)]
    [InlineData(31, 100, GateOutcome.Passed, GateOutcome.Refused)]
    [InlineData(9, 9, GateOutcome.Passed, GateOutcome.Passed)]
    [InlineData(4, 10, GateOutcome.Passed, GateOutcome.Refused)]
    public void Updates_and_deletes_are_limited_by_count_and_by_share(int deletes, int total, GateOutcome count, GateOutcome percent)
    {
        var plan = Plan(total, new ZoneChangePlanOptions(), [.. Enumerable.Range(0, deletes).Select(static i => Delete($"d{i}"))]);

        Assert.Equal([count, percent], plan.Gates.Select(static gate => gate.Outcome));
        Assert.Equal(count == GateOutcome.Passed && percent == GateOutcome.Passed, plan.Allowed);
    }

    [Fact]
    public void New_records_are_not_limited() =>
        Assert.True(Plan(10, new ZoneChangePlanOptions(), [.. Enumerable.Range(0, 5000).Select(static i => Create($"n{i}"))]).Allowed);

    [Fact]
    public void A_limit_is_overridden_by_its_name_only()
    {
        DnsRecordChange[] changes = [.. Enumerable.Range(0, 60).Select(static i => Delete($"d{i}"))];

        var one = Plan(100, new ZoneChangePlanOptions { Overrides = [ZoneChangeGateName.ChangeCount] }, changes);
        var both = Plan(100, new ZoneChangePlanOptions { Overrides = [ZoneChangeGateName.ChangeCount, ZoneChangeGateName.ChangePercent] }, changes);

        Assert.Equal([GateOutcome.Overridden, GateOutcome.Refused], one.Gates.Select(static gate => gate.Outcome));
        Assert.False(one.Allowed);
        Assert.True(both.Allowed);
    }

    [Fact]
    public void The_checksum_is_of_what_is_done_not_of_when_or_in_which_order()
    {
        var values = Create("a") with { After = [Set("a") with { Values = ["192.0.2.1", "192.0.2.2"] }] };
        var swapped = Create("a") with { After = [Set("a") with { Values = ["192.0.2.2", "192.0.2.1"] }], Reason = "Another." };

        var first = Plan(10, new ZoneChangePlanOptions(), [values, Create("b")]);
        var second = ZoneChangePlans.Create(ZoneChangeKind.Sync, Zone, 12, [Create("b"), swapped], [], new ZoneChangePlanOptions(), DateTimeOffset.MaxValue, "/elsewhere");

        Assert.Equal(first.Checksum, second.Checksum);
        Assert.Matches("^[0-9a-f]{32}$", first.Checksum);
    }

    [Fact]
    public void The_checksum_changes_with_each_thing_that_is_done()
    {
        var set = Set("a");
        DnsRecordSet[] others =
        [
            set with { Ttl = 61 },
            set with { Values = ["192.0.2.9"] },
            set with { SetIdentifier = "one", Routing = new DnsRoutingPolicy { Weight = 1 } },
            set with { SetIdentifier = "one", Routing = new DnsRoutingPolicy { Weight = 2 } },
            set with { HealthCheckId = "h" },
            set with { Ttl = null, Values = [], AliasTarget = "x.", AliasZoneId = "Z2", EvaluateTargetHealth = true },
            set with { Ttl = null, Values = [], AliasTarget = "x.", AliasZoneId = "Z2", EvaluateTargetHealth = false },
        ];
        var sums = others.Append(set).Select(one => Plan(10, new ZoneChangePlanOptions(), [Create("a") with { After = [one] }]).Checksum)
            .Append(Plan(10, new ZoneChangePlanOptions(), [Delete("a")]).Checksum)
            .Append(Plan(10, new ZoneChangePlanOptions(), []).Checksum);

        Assert.Equal(others.Length + 3, sums.Distinct().Count());
    }

    [Fact]
    public void What_changes_nothing_is_left_out() =>
        Assert.Empty(Plan(10, new ZoneChangePlanOptions(), [Create("a") with { Before = [Set("a")] }]).Changes);

    [Fact]
    public void Its_lists_are_arrays_which_PowerShell_can_index()
    {
        var plan = ZoneChangePlans.Create(
            ZoneChangeKind.Sync, Zone, 10, [Create("a"), Delete("b")], [new ZoneNotice(ZoneNoticeKind.Drift, "c", null, "Seen.")], new ZoneChangePlanOptions(), DateTimeOffset.UnixEpoch, null);

        object[] lists = [plan.Changes, plan.Notices, plan.Gates, .. plan.Changes.SelectMany(static change => new object[] { change.Before, change.After }), plan.Changes[0].After[0].Values];
        Assert.All(lists, static list => Assert.IsAssignableFrom<Array>(list));
    }

    [Fact]
    public void Two_changes_of_one_record_are_a_mistake() =>
        Assert.Throws<ArgumentException>(() => Plan(10, new ZoneChangePlanOptions(), [Create("a"), Delete("a")]));

    private static ZoneChangePlan Plan(int total, ZoneChangePlanOptions options, IReadOnlyList<DnsRecordChange> changes) =>
        ZoneChangePlans.Create(ZoneChangeKind.Sync, Zone, total, changes, [], options, DateTimeOffset.UnixEpoch, null);

    private static DnsRecordChange Create(string name) => new() { Record = $"{name}.{Zone.Name}", Before = [], After = [Set(name)], Reason = "New." };

    private static DnsRecordChange Delete(string name) => new() { Record = $"{name}.{Zone.Name}", Before = [Set(name)], After = [], Reason = "Gone." };

    private static DnsRecordSet Set(string name) => new() { Name = $"{name}.{Zone.Name}", Type = "A", Ttl = 60, Values = ["192.0.2.1"] };
}
