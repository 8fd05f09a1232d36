using FsCheck;
using FsCheck.Fluent;
using HostingOps.Engine.Dns;
using HostingOps.Engine.Dns.Sync;

namespace HostingOps.Engine.Tests.Dns.Sync;

/// <summary>Two inventories in one zone of all sorts of records.</summary>
public sealed class SyncPropertyTests
{
    private static readonly SiteHost[] Hosts =
        [TestSites.DigitalOcean, TestSites.Linode, SyncWorld.DualStack, SyncWorld.Cname, new() { Name = "v6-1", Provider = "v6", AddressV6 = "2001:db8::6" }];

    private static readonly string[] Names = ["acme", "blog", "shop", "eu", "acme.eu", "xn--caf-dma", "a_b", "7", "office"];

    private static void Holds(Func<int, bool> property) =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), property).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    [Fact]
    public void A_second_sync_finds_nothing_to_do() => Holds(static seed =>
    {
        var (world, ours, _, prune, adopt) = Make(new Random(seed));
        world.Sync(ours, prune, adopt);
        var (changes, _) = world.Decide(ours, prune, null, adopt);
        return changes.Count == 0;
    });

    [Fact]
    public void The_live_host_of_a_site_is_the_same_before_and_after() => Holds(static seed =>
    {
        var (world, ours, theirs, prune, adopt) = Make(new Random(seed));
        HostedSite[] sites = [.. ours.Sites, .. Unclaimed(world, theirs, "agency").Sites];
        var before = Live(world, sites);
        world.Sync(ours, prune, adopt);
        var after = Live(world, sites);
        return before.All(one => one.Value is null || after[one.Key] == one.Value);
    });

    [Fact]
    public void A_record_that_led_somewhere_leads_to_the_same_addresses_unless_it_was_pruned() => Holds(static seed =>
    {
        var (world, ours, _, prune, adopt) = Make(new Random(seed));
        var before = world.Sets.ToList();
        world.Sync(ours, prune, adopt);
        return ours.Sites.All(site => DesiredRecords.AddressSetsOf(before.Where(set => set.Name == site.Record))
            .All(set => world.Sets.Exists(now => now.Name == set.Name && now.Type == set.Type && now.Values.SequenceEqual(set.Values))));
    });

    [Fact]
    public void Neither_inventory_touches_what_is_not_its_own() => Holds(static seed =>
    {
        var (world, ours, _, prune, adopt) = Make(new Random(seed));
        var before = world.Sets.ToList();
        var contents = new ZoneContents(SyncWorld.Reference, before, before.Count);
        var (changes, _) = world.Decide(ours, prune, null, adopt);
        return changes.All(change =>
        {
            var owner = contents.OwnershipOf(change.Record, out var problem)?.Owner;
            var isSite = ours.Sites.Any(site => site.Record == change.Record);
            return problem is null
                && change.Before.Concat(change.After).All(set =>
                    (set.Name == change.Record && set.Type is "A" or "AAAA" or "CNAME" && set.IsSimple)
                    || (set.Name == OwnershipRecord.NameFor(change.Record) && set.Type == "TXT"))
                && (owner == "agency" || (owner is null && isSite && (adopt.Length > 0 || contents.Of(change.Record).All(static set => set.Type is "TXT" or "MX"))))
                && (change.Action != DnsChangeAction.Delete || (prune && !isSite));
        });
    });

    [Fact]
    public void Two_inventories_come_to_the_same_whoever_is_first_when_neither_wants_what_the_other_has() => Holds(static seed =>
    {
        var (world, ours, theirs, prune, adopt) = Make(new Random(seed));
        var wanted = ours.Sites.Select(static site => site.Record).ToHashSet();
        theirs = Unclaimed(world, theirs with { Sites = [.. theirs.Sites.Where(site => !wanted.Contains(site.Record))] }, "agency");
        ours = Unclaimed(world, ours, "other");
        var other = new SyncWorld(world.Sets);
        world.Sync(ours, prune, adopt);
        world.Sync(theirs, prune, adopt);
        other.Sync(theirs, prune, adopt);
        other.Sync(ours, prune, adopt);
        return world.Sets.Count == other.Sets.Count && world.Sets.All(other.Sets.Contains);
    });

    private static HostingInventory Unclaimed(SyncWorld world, HostingInventory inventory, string owner)
    {
        var contents = new ZoneContents(SyncWorld.Reference, world.Sets, world.Sets.Count);
        return inventory with { Sites = [.. inventory.Sites.Where(site => contents.OwnershipOf(site.Record, out _)?.Owner != owner)] };
    }

    private static Dictionary<(string Site, string Record), string?> Live(SyncWorld world, IEnumerable<HostedSite> sites) => sites
        .DistinctBy(static site => (site.Name, site.Record))
        .ToDictionary(
            static site => (site.Name, site.Record),
            site => DesiredRecords.Evaluate(site, SyncWorld.Reference, [.. world.Sets.Where(set => set.Name == site.Record)]).ActiveHost);

    private static (SyncWorld World, HostingInventory Ours, HostingInventory Theirs, bool Prune, string[] Adopt) Make(Random random)
    {
        var ours = SyncWorld.InventoryOf("agency", Sites(random)) with { DynamicDns = [new DynamicDnsRecord { Record = "office." + SyncWorld.ZoneName }] };
        ours = ours with { Sites = [.. ours.Sites.Where(static site => !site.Record.StartsWith("office.", StringComparison.Ordinal))] };
        var theirs = SyncWorld.InventoryOf("other", Sites(random));
        var sets = new List<DnsRecordSet> { SyncWorld.ApexSoa };
        foreach (var name in Names)
        {
            Populate(random, name, sets);
        }

        return (new SyncWorld(sets), ours, theirs, random.Next(2) == 0, random.Next(2) == 0 ? [] : [.. ours.Sites.Select(static site => site.Name)]);
    }

    private static List<HostedSite> Sites(Random random) => [.. Names.Where(_ => random.Next(3) > 0).Select(name =>
    {
        var pair = random.GetItems(Hosts, 8).Distinct().Take(2).ToArray();
        return TestSites.Site(name.Replace('.', '-')) with
        {
            Record = $"{name}.{SyncWorld.ZoneName}",
            Primary = pair[0],
            Secondary = pair.Length > 1 ? pair[1] : Hosts.First(host => host != pair[0]),
            Ttl = random.Next(2) == 0 ? 60 : 300,
        };
    })];

    private static void Populate(Random random, string name, List<DnsRecordSet> sets)
    {
        var host = Hosts[random.Next(Hosts.Length)];
        var site = TestSites.Site(name) with { Record = $"{name}.{SyncWorld.ZoneName}", Ttl = random.Next(2) == 0 ? 60 : 300 };
        sets.AddRange(random.Next(8) switch
        {
            0 or 1 or 2 => DesiredRecords.For(site, host),
            3 => DesiredRecords.For(site, host).Take(1).Select(static set => set with { Ttl = 7 }),
            4 => [SyncWorld.Record(site.Record, "A", "192.0.2.200")],
            5 => [SyncWorld.Record(site.Record, random.Next(2) == 0 ? "MX" : "TXT", "\"odd \\\" value\"")],
            6 => [SyncWorld.Record(site.Record, "A", "192.0.2.30") with { SetIdentifier = "w", Routing = new DnsRoutingPolicy { Weight = 1 } }],
            _ => [],
        });
        var claim = SyncWorld.Claim(name, random.Next(2) == 0 ? "agency" : "other");
        sets.AddRange(random.Next(6) switch
        {
            0 or 1 or 2 => [claim],
            3 => [claim with { Values = ["\"hostingops/9 owner=agency site=x\""] }],
            _ => [],
        });
    }
}
