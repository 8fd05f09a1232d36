using FsCheck;
using FsCheck.Fluent;
using HostingOps.Engine.Inventory;

namespace HostingOps.Engine.Tests.Inventory;

public sealed class InventoryFromZoneTests
{
    private const string Zone = "sites.example.net";

    [Fact]
    public void Sites_and_hosts_are_guessed_from_the_records()
    {
        var yaml = InventoryFromZone.Create(
            Zone + ".",
            [
                Set(Zone, "SOA", 900, "ns. host. 1 2 3 4 5"),
                Set(Zone, "A", 60, "192.0.2.80"),
                Set("acme." + Zone, "A", 60, "203.0.113.10"),
                Set("acme." + Zone, "AAAA", 60, "2001:DB8::10"),
                Set("bakery." + Zone, "A", 30, "198.51.100.7"),
                Set("clinic." + Zone, "A", 60, "203.0.113.10"),
                Set("shop.eu." + Zone, "CNAME", 60, "Web-7.provider.example."),
                Set("_abc.acme." + Zone, "CNAME", 300, "_def.acm-validations.aws."),
                Set("*." + Zone, "A", 60, "203.0.113.10"),
                Set("round." + Zone, "A", 60, "203.0.113.10", "203.0.113.11"),
                new DnsRecordSet { Name = "alias." + Zone, Type = "A", AliasTarget = "lb.example" },
            ],
            aws: new AwsSettings { Profile = "agency" });

        var inventory = InventoryYaml.Load(yaml);
        Assert.Equal(["acme", "bakery", "clinic", "shop.eu"], inventory.Sites.Select(static site => site.Name));
        Assert.Equal(["host-1", "host-2", "host-1", "host-3"], inventory.Sites.Select(static site => site.Primary.Name));
        Assert.Equal([60, 30, 60, 60], inventory.Sites.Select(static site => site.Ttl));
        Assert.Equal(["acme.example", "bakery.example", "clinic.example", "shop-eu.example"], inventory.Sites.Select(static site => site.Domain));
        Assert.Equal("shop.eu.sites.example.net", inventory.Sites[3].Record);
        var hosts = inventory.Hosts.Values.Select(static host => (host.Provider, host.Address, host.AddressV6, host.Cname));
        Assert.Equal(
            [("unknown-1", "203.0.113.10", "2001:db8::10", null), ("unknown-2", "198.51.100.7", null, null), ("unknown-3", null, null, "web-7.provider.example")],
            hosts);
        Assert.Equal("agency", inventory.Aws.Profile);
        Assert.Contains("domain: acme.example # FILL IN", yaml, StringComparison.Ordinal);
        Assert.Contains("2 records point here", yaml, StringComparison.Ordinal);
        Assert.Contains("# clinic: it has no AAAA record, and host-1 has an IPv6 address; a switch adds one.", yaml, StringComparison.Ordinal);
        Assert.DoesNotContain("# acme: it has", yaml, StringComparison.Ordinal);
        Assert.Contains("#   alias.sites.example.net: an alias or a routing policy", yaml, StringComparison.Ordinal);
        Assert.Contains("#   round.sites.example.net: more than one value", yaml, StringComparison.Ordinal);
        Assert.Contains("#   *.sites.example.net: not a site's name", yaml, StringComparison.Ordinal);
        Assert.DoesNotContain("_abc", yaml, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_zone_gives_a_frame_to_fill_in()
    {
        var document = InventoryYaml.Parse(InventoryFromZone.Create(Zone, []));

        Assert.True(document.IsValid);
        Assert.Equal("INV052", Assert.Single(document.Findings).Code);
        Assert.Equal(2, document.Inventory!.Hosts.Count);
    }

    [Fact]
    public void A_single_host_gets_a_peer_to_fill_in_whose_address_is_free()
    {
        var inventory = InventoryYaml.Load(InventoryFromZone.Create(Zone, [Set("acme." + Zone, "A", 60, "192.0.2.1")]));

        Assert.Equal(["192.0.2.1", "192.0.2.2"], inventory.Hosts.Values.Select(static host => host.Address));
    }

    [Fact]
    public void An_IPv6_address_that_two_hosts_seem_to_share_is_given_to_the_first_and_noted()
    {
        var yaml = InventoryFromZone.Create(
            Zone,
            [
                Set("acme." + Zone, "A", 60, "203.0.113.10"),
                Set("acme." + Zone, "AAAA", 60, "2001:db8::1"),
                Set("bakery." + Zone, "A", 60, "198.51.100.7"),
                Set("bakery." + Zone, "AAAA", 60, "2001:db8::1"),
            ]);

        Assert.Equal(["2001:db8::1", null], InventoryYaml.Load(yaml).Hosts.Values.Select(static host => host.AddressV6));
        Assert.Contains("# bakery: its AAAA record is 2001:db8::1, which other records do not give host-2.", yaml, StringComparison.Ordinal);
    }

    [Fact]
    public void An_IPv4_address_is_never_given_to_a_second_host_for_the_sake_of_a_shared_IPv6_one()
    {
        var yaml = InventoryFromZone.Create(
            Zone,
            [
                Set("acme." + Zone, "AAAA", 60, "2001:db8::1"),
                Set("bakery." + Zone, "A", 60, "203.0.113.10"),
                Set("cafe." + Zone, "A", 60, "203.0.113.10"),
                Set("cafe." + Zone, "AAAA", 60, "2001:db8::1"),
            ]);

        Assert.Equal([null, "203.0.113.10"], InventoryYaml.Load(yaml).Hosts.Values.Select(static host => host.Address));
    }

    [Fact]
    public void A_zone_that_is_no_name_is_InvalidArgument()
    {
        Assert.Equal(ErrorIds.InvalidArgument, Assert.Throws<HostingException>(() => InventoryFromZone.Create("no zone\n", [])).ErrorId);
    }

    [Fact]
    public void Whatever_a_zone_holds_the_inventory_loads_without_errors()
    {
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), static seed =>
        {
            var random = new Random(seed);
            var sets = Enumerable.Range(0, random.Next(30)).Select(_ => RandomSet(random)).ToList();
            var yaml = InventoryFromZone.Create(Zone, sets);
            var document = InventoryYaml.Parse(yaml);
            Assert.True(document.IsValid, string.Join('\n', document.Findings) + "\n" + yaml);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));
    }

    private static DnsRecordSet RandomSet(Random random)
    {
        string[] names = ["acme", "ACME", "www", "null", "true", "1", "a.b", "a-b", "a_b", "_x", "x._tcp", "*", "xn--caf-dma", "-bad", "a b", "é", "@", "web-7", "a\nb: c", new string('l', 63), "_hostingops", "provider"];
        string[] v4 = ["203.0.113.10", "203.0.113.11", "192.0.2.1", "10.0.0.1", "0.0.0.0", "224.0.0.1", "nonsense"];
        string[] v6 = ["2001:db8::1", "2001:DB8:0::1", "2001:db8::2", "fe80::1", "::", "nonsense"];
        string[] targets = ["web.provider.example.", "WEB.provider.example", "acme." + Zone, Zone, "single", "bad name.example", "acme.example", "www.acme.example", "-.example"];
        var name = names[random.Next(names.Length)] + "." + (random.Next(9) == 0 ? "example.org" : Zone);
        var type = random.Next(4) switch { 0 => "AAAA", 1 => "CNAME", _ => "A" };
        var values = type switch { "A" => v4, "AAAA" => v6, _ => targets };
        return new DnsRecordSet
        {
            Name = name,
            Type = type,
            Ttl = random.Next(8) switch { 0 => null, 1 => 0, 2 => -1, 3 => 172_800, 4 => 5_000_000_000, _ => 60 },
            Values = Enumerable.Range(0, random.Next(9) == 0 ? 2 : 1).Select(_ => values[random.Next(values.Length)]).ToList(),
            SetIdentifier = random.Next(12) == 0 ? "blue" : null,
        };
    }

    private static DnsRecordSet Set(string name, string type, long ttl, params string[] values) =>
        new() { Name = name, Type = type, Ttl = ttl, Values = values };
}
