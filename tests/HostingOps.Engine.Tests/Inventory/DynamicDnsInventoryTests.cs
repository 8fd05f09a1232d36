using System.Text.Json;
using HostingOps.Engine.Inventory;
using static HostingOps.Engine.Tests.Inventory.InventoryYaml;

namespace HostingOps.Engine.Tests.Inventory;

public sealed class DynamicDnsInventoryTests
{
    private const string Whole = """
        dynamicDns:
          - record: office
            sources:
              - https://ip.example/
              - "http://ip.example.org/"
              - "dns:whoami.cloudflare/TXT/CH@1.1.1.1"
              - "command:router-ip --wan"
              - { command: [ssh, router, "show \"wan\" address"] }
              - { interface: ppp0 }
            families: [ipv6, ipv4]
            quorum: 3
            timeout: 500ms
            settleCount: 1
            settleTime: 0s
            floor: 1h
            ttl: 30
            allowHttp: true
          - { record: bare, sources: [https://ip.example/, https://ip.example.org/] }
        uplinks:
          4g: { ranges: [198.51.100.0/24, "2001:db8:4::/48", 203.0.113.9], reaction: switchToMirror, hosts: [do-1] }
          fibre: { ranges: [192.0.2.0/24], reaction: none }
          lte: { ranges: [192.0.3.0/24], publish: false }

        """;

    [Fact]
    public void Every_part_arrives_in_the_model()
    {
        var inventory = Load(And(Whole));

        var office = inventory.DynamicDns[0];
        Assert.Equal(
            ["https://ip.example/", "http://ip.example.org/", "dns:whoami.cloudflare/TXT/CH@1.1.1.1", "command:[\"router-ip\",\"--wan\"]", "command:[\"ssh\",\"router\",\"show \\\"wan\\\" address\"]", "interface:ppp0"],
            office.Sources);
        Assert.Equal([PublicAddressFamily.IPv4, PublicAddressFamily.IPv6], office.Families);
        Assert.Equal((3, 0.5, 1, 0d, 1d, 30, true), (office.Quorum, office.Timeout.TotalSeconds, office.SettleCount, office.SettleTime.TotalSeconds, office.Floor.TotalHours, office.Ttl, office.AllowHttp));
        Assert.Equivalent(
            new DynamicDnsRecord { Record = "bare.sites.example.net", Sources = ["https://ip.example/", "https://ip.example.org/"] }, inventory.DynamicDns[1], strict: true);
        Assert.Equal(
            [("4g", UplinkReaction.SwitchToMirror, false, "do-1"), ("fibre", UplinkReaction.None, true, ""), ("lte", UplinkReaction.Alert, false, "")],
            inventory.Uplinks.Select(static uplink => (uplink.Name, uplink.Reaction, uplink.Publish, string.Join(',', uplink.Hosts))));
        Assert.Equal(["198.51.100.0/24", "2001:db8:4::/48", "203.0.113.9"], inventory.Uplinks[0].Ranges);
    }

    [Fact]
    public void What_is_written_loads_back_equal()
    {
        var inventory = Load(And(Whole));

        var again = Load(InventoryWriter.Write(inventory));

        Assert.Equal(JsonSerializer.Serialize((inventory.DynamicDns, inventory.Uplinks), Fields), JsonSerializer.Serialize((again.DynamicDns, again.Uplinks), Fields));
    }

    private static JsonSerializerOptions Fields { get; } = new() { IncludeFields = true, WriteIndented = true };
}
