using HostingOps.Engine.Dns.ZoneFiles;
using HostingOps.Testing;

namespace HostingOps.Engine.Tests.Dns.ZoneFiles;

public sealed class ZoneFileRoundTripTests
{
    [Theory]
    [InlineData(ZoneFileFormat.Bind)]
    [InlineData(ZoneFileFormat.Yaml)]
    public void The_hard_zone_comes_back_exactly(ZoneFileFormat format)
    {
        var (text, _) = ZoneFileText.Write(format, HardZone.Name, HardZone.Sets);
        var read = ZoneFileText.Read(text, null, "another.example", "file");
        Assert.Equal(HardZone.Name, read.Zone);
        Assert.Equal(Exact(HardZone.Sets), Exact(read.RecordSets));
    }

    [Theory]
    [InlineData(ZoneFileFormat.Bind)]
    [InlineData(ZoneFileFormat.Yaml)]
    public void The_order_of_the_listing_does_not_matter(ZoneFileFormat format) =>
        Assert.Equal(
            ZoneFileText.Write(format, HardZone.Name, HardZone.Sets).Text,
            ZoneFileText.Write(format, HardZone.Name, [.. HardZone.Sets.Reverse()]).Text);

    [Theory]
    [InlineData(ZoneFileFormat.Bind, "\r\n")]
    [InlineData(ZoneFileFormat.Bind, "\r")]
    [InlineData(ZoneFileFormat.Yaml, "\r\n")]
    public void Other_line_ends_say_the_same(ZoneFileFormat format, string lineEnd)
    {
        var (text, _) = ZoneFileText.Write(format, HardZone.Name, HardZone.Sets);
        Assert.Equal(Exact(HardZone.Sets), Exact(ZoneFileText.Read(text.Replace("\n", lineEnd), null, "another.example", "file").RecordSets));
    }

    [Fact]
    public void What_no_name_server_would_serve_is_told()
    {
        var (_, notServed) = ZoneFileText.Write(ZoneFileFormat.Bind, HardZone.Name, HardZone.Sets);
        var told = notServed.Select(static set => $"{set.Name.Split('.')[0]} {set.Type} {set.SetIdentifier}".Trim()).Order(StringComparer.Ordinal);
        Assert.Equal(
            new[]
            {
                "badds DS", "badnaptr NAPTR", "cidr A office", "failover A second", "geo A eu", "geo A us-ca", "hard A", "hard AAAA", "latency AAAA us",
                "multi A 2", "near A region", "newer SVCB", "weighted A blue \"one\"", "weighted A off", "weightedalias A x", "weightedname CNAME b",
            }.Order(StringComparer.Ordinal),
            told);
    }

    [Fact]
    public void Nothing_of_YAML_is_left_unserved_and_the_text_ends_its_lines_in_LF()
    {
        var (text, notServed) = ZoneFileText.Write(ZoneFileFormat.Yaml, HardZone.Name, HardZone.Sets);
        Assert.Empty(notServed);
        Assert.DoesNotContain('\r', text);
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_zones_names_are_rebased_and_its_values_left()
    {
        var rebased = new ZoneFile(HardZone.Name, HardZone.Sets).Rebase("other.example");
        Assert.Equal("other.example", rebased.RecordSets[0].Name);
        Assert.Contains(rebased.RecordSets, static set => set.Name == @"a\.b.other.example");
        Assert.Equal(HardZone.Sets.SelectMany(static set => set.Values), rebased.RecordSets.SelectMany(static set => set.Values));
    }

    /// <summary>Every field with the order and spelling of values, which the records' own equality leaves out.</summary>
    internal static IEnumerable<string> Exact(IEnumerable<DnsRecordSet> sets) =>
        sets.Select(static set => System.Text.Json.JsonSerializer.Serialize(set)).Order(StringComparer.Ordinal);
}
