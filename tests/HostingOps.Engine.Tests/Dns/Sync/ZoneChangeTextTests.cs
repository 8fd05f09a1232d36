using HostingOps.Engine.Dns.Changes;

namespace HostingOps.Engine.Tests.Dns.Sync;

public sealed class ZoneChangeTextTests
{
    [Fact]
    public void A_plan_is_told_at_80_columns_with_what_takes_away_first()
    {
        var old = SyncWorld.Record("rechtsanwaelte-mueller-und-partner-niederlassung", "A", "192.0.2.1");
        var text = Describe(new ZoneChangePlanOptions(), Create("acme"), new() { Record = old.Name, Before = [old, SyncWorld.Claim("old")], After = [], Reason = "The site 'old' is gone from the inventory, and this sentence is long enough to be broken." });

        var lines = text.Split('\n');
        Assert.All(lines.Skip(1), static line => Assert.InRange(line.Length, 1, 79));
        Assert.Equal("Sync of sites.example.net: 1 to create, 0 to update, 1 to delete", lines[0]);
        Assert.StartsWith("  checksum ", lines[1], StringComparison.Ordinal);
        Assert.Equal("  delete rechtsanwaelte-mueller-und-partner-niederlassung.sites.example.net", lines[2]);
        Assert.Equal("    - A 192.0.2.1 (TTL 60)", lines[3]);
        Assert.Contains("  create acme.sites.example.net", lines);
        Assert.Contains("    + A 192.0.2.1 (TTL 60)", lines);
        Assert.Contains("  left alone: 1 Stranger", lines);
    }

    [Fact]
    public void A_refusal_names_its_limit_and_a_long_plan_says_how_much_is_left_out()
    {
        var changes = Enumerable.Range(10, 25).Select(static number => Create($"s{number}")).Append(
            new DnsRecordChange { Record = "x", Before = [SyncWorld.Record("x", "A", "192.0.2.1")], After = [], Reason = "Gone." });

        var text = Describe(new ZoneChangePlanOptions { Limits = new ZoneChangeLimits(0, 100) }, [.. changes]);

        Assert.Contains("\n  REFUSED by ChangeCount\n", text, StringComparison.Ordinal);
        Assert.Contains("\n    ... and 6 changes; -PlanOnly gives all of them\n", text, StringComparison.Ordinal);
        Assert.Contains("\n  - ChangeCount REFUSED: ", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_plan_without_changes_says_so_in_one_line() =>
        Assert.Equal("Sync of sites.example.net: nothing to do", ZoneChangeText.Describe(Plan([], []), "-PlanOnly"));

    private static string Describe(ZoneChangePlanOptions options, params DnsRecordChange[] changes) => ZoneChangeText.Describe(
        Plan(changes, [new ZoneNotice(ZoneNoticeKind.Stranger, "mail.sites.example.net", null, "It is no site's, and nobody has marked it as theirs: A 192.0.2.9 (TTL 60).")], options),
        "-PlanOnly");

    private static ZoneChangePlan Plan(IReadOnlyList<DnsRecordChange> changes, IReadOnlyList<ZoneNotice> notices, ZoneChangePlanOptions? options = null) =>
        ZoneChangePlans.Create(ZoneChangeKind.Sync, SyncWorld.Reference, 100, changes, notices, options ?? new ZoneChangePlanOptions(), DateTimeOffset.UnixEpoch, null);

    private static DnsRecordChange Create(string name) =>
        new() { Record = $"{name}.{SyncWorld.ZoneName}", SiteName = name, Before = [], After = [SyncWorld.Record(name, "A", "192.0.2.1"), SyncWorld.Claim(name)], Reason = "New." };
}
