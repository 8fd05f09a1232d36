using HostingOps.Engine.Dns;
using HostingOps.Engine.Dns.Sync;
using static HostingOps.Engine.Tests.Dns.Sync.SyncWorld;

namespace HostingOps.Engine.Tests.Dns.Sync;

public sealed class SyncPlannerTests
{
    private static readonly HostedSite Acme = TestSites.Acme();
    private static readonly HostingInventory Agency = InventoryOf("agency", Acme);

    [Fact]
    public void A_new_site_gets_its_record_at_its_primary_and_its_ownership_in_one_change()
    {
        var (changes, notices) = new SyncWorld([ApexSoa]).Decide(Agency);

        var change = Assert.Single(changes);
        Assert.Empty(notices);
        Assert.Equal((DnsChangeAction.Create, "acme", Acme.Record), (change.Action, change.SiteName, change.Record));
        Assert.Equal([Record("acme", "A", "203.0.113.10"), Claim("acme")], change.After);
    }

    [Fact]
    public void A_dual_stack_primary_gets_both_families_and_a_named_one_its_CNAME()
    {
        var (changes, _) = new SyncWorld([]).Decide(InventoryOf("agency", Acme with { Primary = DualStack }, TestSites.Site("blog") with { Primary = Cname }));

        Assert.Equal(["A", "AAAA", "TXT"], changes[0].After.Select(static set => set.Type));
        Assert.Equal(["CNAME", "TXT"], changes[1].After.Select(static set => set.Type));
    }

    [Theory]
    [InlineData("203.0.113.10")]
    [InlineData("198.51.100.7")]
    public void A_record_of_ours_stays_wherever_it_points(string address)
    {
        var (changes, notices) = new SyncWorld([Record("acme", "A", address), Claim("acme")]).Decide(Agency);

        Assert.Empty(changes);
        Assert.Empty(notices);
    }

    [Fact]
    public void A_wrong_TTL_is_mended_and_the_live_host_stays_live()
    {
        var (changes, _) = new SyncWorld([Record("acme", "A", "198.51.100.7", ttl: 3600), Claim("acme")]).Decide(Agency);

        var change = Assert.Single(changes);
        Assert.Equal([Record("acme", "A", "198.51.100.7", ttl: 3600)], change.Before);
        Assert.Equal([Record("acme", "A", "198.51.100.7")], change.After);
        Assert.Equal("TTL of A 3600 -> 60; li-1 stays live.", change.Reason);
    }

    [Fact]
    public void A_missing_family_of_the_live_host_is_added_only_while_that_host_is_live()
    {
        var site = Acme with { Secondary = DualStack };
        var (changes, _) = new SyncWorld([Record("acme", "AAAA", "2001:DB8:0::30"), Claim("acme")]).Decide(InventoryOf("agency", site));

        var change = Assert.Single(changes);
        Assert.Equal([Record("acme", "AAAA", "2001:DB8:0::30")], change.Before);
        Assert.Equal([Record("acme", "AAAA", "2001:DB8:0::30"), Record("acme", "A", "192.0.2.30")], change.After);
    }

    [Fact]
    public void A_record_of_ours_that_points_elsewhere_is_drift_for_the_failover_to_decide()
    {
        var (changes, notices) = new SyncWorld([Record("acme", "A", "192.0.2.99"), Claim("acme")]).Decide(Agency);

        Assert.Empty(changes);
        var notice = Assert.Single(notices);
        Assert.Equal((ZoneNoticeKind.Drift, "acme"), (notice.Kind, notice.SiteName));
        Assert.Contains("192.0.2.99", notice.Message, StringComparison.Ordinal);
        Assert.Contains("Set-SiteDnsTarget acme -HostName do-1, or li-1", notice.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_record_of_both_hosts_or_of_a_shared_address_says_not_which_is_live()
    {
        var shared = Acme with { Primary = DualStack, Secondary = TestSites.Linode with { AddressV6 = "2001:db8::30" } };

        Assert.Empty(new SyncWorld([Record("acme", "A", "203.0.113.10"), Record("acme", "AAAA", "2001:db8::30"), Claim("acme")]).Sync(InventoryOf("agency", Acme with { Secondary = DualStack })));
        var (changes, notices) = new SyncWorld([Record("acme", "AAAA", "2001:db8::30", ttl: 5), Claim("acme")]).Decide(InventoryOf("agency", shared));
        Assert.Empty(changes);
        Assert.Equal(ZoneNoticeKind.Drift, Assert.Single(notices).Kind);
    }

    [Fact]
    public void A_record_of_ours_that_was_removed_is_made_again_as_long_as_it_is_ours()
    {
        var (changes, _) = new SyncWorld([Claim("acme")]).Decide(Agency);

        var change = Assert.Single(changes);
        Assert.Equal([Claim("acme")], change.Before);
        Assert.Equal([Record("acme", "A", "203.0.113.10"), Claim("acme")], change.After);
    }

    [Fact]
    public void A_record_that_nobody_owns_is_a_stranger_until_it_is_adopted_by_name()
    {
        var world = new SyncWorld([Record("acme", "A", "198.51.100.7", ttl: 300)]);
        var (changes, notices) = world.Decide(Agency);

        Assert.Empty(changes);
        Assert.Equal(ZoneNoticeKind.Stranger, Assert.Single(notices).Kind);
        Assert.Contains("-Adopt acme", notices[0].Message, StringComparison.Ordinal);

        var adopted = Assert.Single(world.Sync(Agency, false, "acme"));
        Assert.Equal("Taken over at li-1. TTL of A 300 -> 60; li-1 stays live.", adopted.Reason);
        Assert.Equal([Record("acme", "A", "198.51.100.7"), Claim("acme")], world.Sets.OrderBy(static set => set.Type, StringComparer.Ordinal));
        Assert.Empty(world.Sync(Agency, false, "acme"));
    }

    [Fact]
    public void What_points_at_neither_host_is_not_adopted()
    {
        var (changes, notices) = new SyncWorld([Record("acme", "A", "192.0.2.99")]).Decide(Agency, adopt: "acme");

        Assert.Empty(changes);
        Assert.Equal(ZoneNoticeKind.Stranger, Assert.Single(notices).Kind);
        Assert.Contains("So it is not adopted.", notices[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_inventorys_record_is_never_touched_nor_made_nor_adopted_nor_pruned()
    {
        foreach (var sets in new DnsRecordSet[][] { [Record("acme", "A", "203.0.113.10", ttl: 7), Claim("acme", "other")], [Claim("acme", "other")] })
        {
            var (changes, notices) = new SyncWorld(sets).Decide(Agency, prune: true, adopt: "acme");

            Assert.Empty(changes);
            Assert.Equal(ZoneNoticeKind.OtherOwner, Assert.Single(notices).Kind);
            Assert.Contains("'other'", notices[0].Message, StringComparison.Ordinal);
            Assert.Empty(new SyncWorld(sets).Decide(InventoryOf("agency"), prune: true).Changes);
        }
    }

    [Fact]
    public void A_claim_that_cannot_be_read_is_respected()
    {
        var claim = Claim("acme") with { Values = ["\"hostingops/2 owner=agency site=acme\""] };
        var (changes, notices) = new SyncWorld([claim]).Decide(Agency, prune: true, adopt: "acme");

        Assert.Empty(changes);
        Assert.Equal(ZoneNoticeKind.Unsupported, Assert.Single(notices).Kind);
        Assert.Contains("another version", notices[0].Message, StringComparison.Ordinal);
        Assert.Empty(new SyncWorld([Record("acme", "A", "203.0.113.10"), claim]).Decide(InventoryOf("agency"), prune: true).Changes);
    }

    [Fact]
    public void A_site_that_is_gone_is_an_orphan_and_deleted_with_its_ownership_only_when_pruned()
    {
        var world = new SyncWorld([ApexSoa, Record("old", "A", "203.0.113.10", ttl: 5), Record("old", "TXT", "\"kept\""), Claim("old"), Claim("bare")]);
        var (changes, notices) = world.Decide(InventoryOf("agency"));

        Assert.Empty(changes);
        Assert.Equal([ZoneNoticeKind.Orphan, ZoneNoticeKind.Orphan], notices.Select(static notice => notice.Kind));
        Assert.Equal(2, world.Sync(InventoryOf("agency"), prune: true).Count);
        Assert.Equal([ApexSoa, Record("old", "TXT", "\"kept\"")], world.Sets);
    }

    [Fact]
    public void The_old_record_of_a_site_with_a_new_one_is_left_for_the_clients_that_still_use_it()
    {
        var world = new SyncWorld([Record("old", "A", "203.0.113.10"), Claim("acme", record: "old")]);
        var (changes, notices) = world.Decide(Agency, prune: true);

        Assert.Equal(["acme.sites.example.net"], changes.Select(static change => change.Record));
        Assert.Equal(ZoneNoticeKind.Orphan, Assert.Single(notices).Kind);
        Assert.Contains("by hand", notices[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_site_that_was_renamed_keeps_its_record_and_its_ownership_says_the_new_name()
    {
        var change = Assert.Single(new SyncWorld([Record("acme", "A", "198.51.100.7"), Claim("acme-legal", record: "acme")]).Decide(Agency, prune: true).Changes);

        Assert.Equal([Claim("acme-legal", record: "acme")], change.Before);
        Assert.Equal([Claim("acme")], change.After);
    }

    [Fact]
    public void A_site_whose_failover_is_open_is_left_alone_and_so_is_one_that_is_gone()
    {
        var open = new Dictionary<string, string> { ["acme"] = "01OPEN", ["old"] = "01OLD" };
        var world = new SyncWorld([Record("acme", "A", "198.51.100.7", ttl: 300), Claim("acme"), Record("old", "A", "203.0.113.10"), Claim("old")]);
        var (changes, notices) = world.Decide(Agency, prune: true, open);

        Assert.Empty(changes);
        Assert.Equal([(ZoneNoticeKind.Drift, true), (ZoneNoticeKind.Orphan, true)], notices.Select(static notice => (notice.Kind, notice.Message.Contains("01O", StringComparison.Ordinal))));
    }

    [Fact]
    public void Names_that_are_no_sites_are_strangers_but_for_our_own_and_the_zones()
    {
        var inventory = Agency with { DynamicDns = [new DynamicDnsRecord { Record = "office.sites.example.net" }] };
        var world = new SyncWorld(
        [
            ApexSoa, Record(ZoneName, "A", "192.0.2.1"), Record("acme", "A", "203.0.113.10"), Claim("acme"), Record("office", "A", "192.0.2.5"),
            Record("_hostingops", "TXT", "\"hostingops/1 op=1 by=me at=2026-01-01T00:00:00Z\""), Record("mail", "A", "192.0.2.9"), Record("text", "TXT", "\"x\""),
            Record("theirs", "A", "192.0.2.8"), Claim("theirs", "other"), Record("later", "A", "192.0.2.8"), Claim("later") with { Values = ["\"hostingops/2 x\""] }, Claim("x", record: "mail.sites.example.net._hostingops-owner"),
        ]);
        var (changes, notices) = world.Decide(inventory, prune: false);

        Assert.Empty(changes);
        Assert.Equal([(ZoneNoticeKind.Stranger, "mail.sites.example.net")], notices.Where(static notice => notice.Kind == ZoneNoticeKind.Stranger).Select(static notice => (notice.Kind, notice.Record)));
    }

    [Fact]
    public void A_claim_on_the_apex_the_marker_or_a_claim_deletes_nothing()
    {
        var world = new SyncWorld(
        [
            ApexSoa, Record(ZoneName, "A", "192.0.2.1"), Record("_hostingops", "A", "192.0.2.1"),
            OwnerOf(ZoneName), OwnerOf("_hostingops." + ZoneName), OwnerOf("_hostingops-owner.x." + ZoneName),
        ]);

        Assert.Empty(world.Decide(InventoryOf("agency"), prune: true).Changes);

        static DnsRecordSet OwnerOf(string record) => Claim("gone") with { Name = "_hostingops-owner." + record };
    }

    [Fact]
    public void A_site_that_became_a_dynamic_record_loses_its_ownership_and_nothing_else()
    {
        var inventory = InventoryOf("agency") with { DynamicDns = [new DynamicDnsRecord { Record = "acme.sites.example.net" }] };
        var world = new SyncWorld([Record("acme", "A", "192.0.2.5"), Claim("acme")]);

        world.Sync(inventory, prune: true);

        Assert.Equal([Record("acme", "A", "192.0.2.5")], world.Sets);
    }

    [Fact]
    public void What_cannot_be_changed_here_is_told_and_left()
    {
        var alias = new DnsRecordSet { Name = Acme.Record, Type = "A", AliasTarget = "x.example.", AliasZoneId = "Z2", EvaluateTargetHealth = false };
        var weighted = Record("acme", "A", "203.0.113.10") with { SetIdentifier = "a", Routing = new DnsRoutingPolicy { Weight = 1 } };
        (DnsRecordSet[] Sets, HostedSite Site)[] cases =
        [
            ([alias], Acme),
            ([alias, Claim("acme")], Acme),
            ([weighted], Acme),
            ([Record("acme", "NS", "ns.example.")], Acme),
            ([Record("eu", "NS", "ns.example.")], Acme with { Record = "acme.eu.sites.example.net" }),
            ([Record("acme", "TXT", "\"x\"")], Acme with { Primary = Cname }),
            ([Claim("acme") with { Type = "CNAME", Values = ["x.example."] }], Acme),
            ([], Acme with { Record = $"{new string('a', 63)}.{new string('b', 63)}.{new string('c', 63)}.{new string('d', 40)}.{ZoneName}" }),
        ];
        foreach (var (sets, site) in cases)
        {
            var (changes, notices) = new SyncWorld([ApexSoa, .. sets]).Decide(InventoryOf("agency", site), prune: true, adopt: "acme");
            Assert.Empty(changes);
            Assert.Equal((ZoneNoticeKind.Unsupported, "acme"), (Assert.Single(notices).Kind, notices[0].SiteName));
        }

        Assert.Empty(new SyncWorld([weighted, Claim("acme")]).Decide(InventoryOf("agency"), prune: true).Changes);
    }

    [Fact]
    public void A_TXT_beside_the_record_is_no_obstacle_to_addresses()
    {
        Assert.Single(new SyncWorld([Record("acme", "TXT", "\"x\"")]).Decide(Agency).Changes);
    }

    [Fact]
    public void Five_thousand_new_sites_fit_10_requests_and_a_second_plan_is_empty()
    {
        var inventory = InventoryOf("agency", Enumerable.Range(0, 5_000).Select(static number => TestSites.Site($"site{number:d4}")));
        var (changes, notices) = new SyncWorld([ApexSoa]).Decide(inventory);

        Assert.Equal(5_000, changes.Count);
        Assert.Equal((ZoneNoticeKind.Unsupported, ZoneName), (Assert.Single(notices).Kind, notices[0].Record));
        Assert.Contains("would have 10001 record sets", notices[0].Message, StringComparison.Ordinal);
        Assert.Empty(new SyncWorld([ApexSoa]).Decide(inventory with { Sites = [.. inventory.Sites.Skip(1)] }).Notices);
        var switches = changes.Select(static change => new DnsSwitch { SiteName = change.Record, Record = change.Record, Before = change.Before, After = change.After }).ToArray();
        Assert.Equal(10, SwitchBatch.Pack(switches, withMarker: false).Count);
        var (rest, told) = new SyncWorld(changes.SelectMany(static change => change.After)).Decide(inventory, prune: true);
        Assert.Empty(rest);
        Assert.Empty(told);
    }

    [Fact]
    public void A_sync_of_some_sites_prunes_only_those_that_are_gone_by_these_names()
    {
        var world = new SyncWorld([Record("old-1", "A", "203.0.113.10"), Claim("old-1"), Record("new-1", "A", "203.0.113.10"), Claim("new-1"), Record("mail", "A", "192.0.2.9")]);
        var facts = world.Facts(InventoryOf("agency"), prune: true) with { WholeZone = false, Concerns = static name => name.StartsWith("old-", StringComparison.Ordinal) };

        var (changes, notices) = SyncPlanner.Decide(facts);

        Assert.Equal(["old-1.sites.example.net"], changes.Select(static change => change.Record));
        Assert.Empty(notices);
    }
}
