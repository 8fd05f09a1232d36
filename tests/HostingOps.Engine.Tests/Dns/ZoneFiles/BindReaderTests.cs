using HostingOps.Engine.Dns.ZoneFiles;

namespace HostingOps.Engine.Tests.Dns.ZoneFiles;

/// <summary>Zone files that others wrote.</summary>
public sealed class BindReaderTests
{
    private const string Zone = "example.net";

    [Fact]
    public void A_zone_file_in_BINDs_full_manner_is_read()
    {
        var sets = Read("""
            ; an export of ns1
            $TTL 1h30m
            $ORIGIN net.
            example IN SOA ns1.example hostmaster\.x.example ( ; the head
                2026010101 ; serial
                3H 15M     ; refresh, retry
                1W 1D )
                        NS  ns1.example
                    IN  5400 NS ns2.elsewhere.test. ; no more
            $ORIGIN example.net.
            @       86400   IN MX  10 mail
                    IN 86400 MX 20 backup.test.
            ns1     A       192.0.2.53
            www     1d in cname @
            txt     TXT     bare "quoted ; with (things)" "a\"b\\c\009\;"
                    TXT     "Grüße"
            a.b     CAA     0 issue letsencrypt.org
            srv     TYPE33  \# 9 0001 0002 0003 01 61 00
            h       HTTPS   1 . alpn=h2,h3 ipv4hint=192.0.2.1
            *       60 AAAA 2001:DB8::1
            """);
        Assert.Equal(
            [
                "*.example.net AAAA 60 2001:db8::1",
                "a.b.example.net CAA 5400 0 issue \"letsencrypt.org\"",
                "example.net MX 86400 10 mail.example.net. | 20 backup.test.",
                "example.net NS 5400 ns1.example.net. | ns2.elsewhere.test.",
                "example.net SOA 5400 ns1.example.net. hostmaster\\056x.example.net. 2026010101 10800 900 604800 86400",
                "h.example.net HTTPS 5400 1 . alpn=\"h2,h3\" ipv4hint=192.0.2.1",
                "ns1.example.net A 5400 192.0.2.53",
                "srv.example.net SRV 5400 1 2 3 a.",
                "txt.example.net TXT 5400 \"bare\" \"quoted ; with (things)\" \"a\\\"b\\\\c\\011;\" | \"Gr\\303\\274\\303\\237e\"",
                "www.example.net CNAME 86400 example.net.",
            ],
            sets.Select(Line).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_Cloudflare_export_is_read()
    {
        var sets = Read("""
            ;;
            ;; Domain:     example.net.
            ;; Exported:   2026-01-01 00:00:00
            ;;
            ;; SOA Record
            example.net	3600	IN	SOA	ada.ns.cloudflare.com. dns.cloudflare.com. 2050000000 10000 2400 604800 3600

            ;; A Records
            example.net.	1	IN	A	192.0.2.1 ; cf_tags=cf-proxied:true
            www.example.net.	300	IN	CNAME	example.net. ; cf_tags=

            ;; TXT Records
            example.net.	1	IN	TXT	"v=spf1 include:_spf.example.org ~all"
            """.Replace("example.net\t3600", "example.net.\t3600"));
        Assert.Equal(4, sets.Count);
        Assert.Equal(1, sets.Single(static set => set.Type == "A").Ttl);
    }

    [Theory]
    [InlineData("$INCLUDE other.zone", 2, 1, "$INCLUDE")]
    [InlineData("$GENERATE 1-9 a$ A 192.0.2.$", 2, 1, "$GENERATE")]
    [InlineData("$TTL x", 2, 1, "'$TTL x'")]
    [InlineData("www 60 CH A 192.0.2.1", 2, 8, "class IN only")]
    [InlineData("www 60 IN TYPE65280 \\# 0", 2, 11, "TYPE65280")]
    [InlineData("www 60 IN HINFO a b", 2, 11, "no records of type HINFO")]
    [InlineData("www 60 IN RRSIG A 8", 2, 11, "DNSSEC")]
    [InlineData("www 60 IN A 192.0.2.300", 2, 13, "no IPv4 address")]
    [InlineData("www 60 IN A 192.0.2.1 192.0.2.2", 2, 23, "Nothing was expected")]
    [InlineData("www 60 IN A", 2, 11, "too early")]
    [InlineData("www 60 IN", 2, 8, "before its type")]
    [InlineData("www 60 IN MX x mail", 2, 14, "a number from 0 to 65535")]
    [InlineData("www 60 IN TXT \"open", 2, 15, "not closed")]
    [InlineData("www 60 IN TXT ( \"a\"", 2, 15, "not closed")]
    [InlineData("www 60 IN TXT \"a\" )", 2, 19, "not opened")]
    [InlineData("www 60 IN TXT \"\\300\"", 2, 15, "decimal")]
    [InlineData("www 60 IN DS 1 8 2 abc", 2, 20, "hexadecimal")]
    [InlineData("a..b 60 IN A 192.0.2.1", 2, 1, "owner")]
    [InlineData("bücher 60 IN A 192.0.2.1", 2, 1, "xn--")]
    [InlineData("www.elsewhere.test. 60 IN A 192.0.2.1", 2, 1, "outside the zone")]
    [InlineData("@ 60 IN CNAME www", 2, 1, "apex")]
    [InlineData("www 60 IN A 192.0.2.1\nwww 61 IN A 192.0.2.2", 3, 1, "one TTL")]
    [InlineData("www 60 IN A 192.0.2.1\nwww 60 IN CNAME x", 3, 1, "nothing else")]
    [InlineData("www 60 IN CNAME y\nwww 60 IN CNAME x", 2, 1, "one value")]
    [InlineData("sub 60 IN SOA a b 1 1 1 1 1", 2, 1, "apex only")]
    [InlineData("; hostingops: {\"name\": \"x.example.net\", \"type\": \"A\"}", 2, 15, "either 'ttl' and 'values'")]
    [InlineData("; hostingops: {\"name\": \"x.example.net\", \"tpye\": \"A\"}", 2, 41, "'tpye'")]
    [InlineData("; hostingops: {\"format\": 2}", 2, 15, "form 1")]
    [InlineData("; hostingops: nonsense", 2, 15, "record set in braces")]
    [InlineData("; hostingops: {\"name\": \"x.example.net\", \"type\": \"A\", \"ttl\": 60, \"values\": [\"192.0.2.1\"], \"weight\": 1}", 2, 15, "setIdentifier")]
    [InlineData("www 60 IN A 192.0.2.1 ; hostingops: stand-in", 2, 1, "does not say the same")]
    public void What_cannot_be_meant_is_refused_with_its_place(string lines, int line, int column, string expected)
    {
        var error = Assert.Throws<HostingException>(() => Read("@ 900 IN SOA ns.x. host.x. 1 7200 900 1209600 300\n" + lines));
        Assert.Equal((ErrorIds.ZoneFileInvalid, HostingErrorCategory.InvalidData), (error.ErrorId, error.Category));
        Assert.Contains(FormattableString.Invariant($"file:{line}:{column} "), error.Message, StringComparison.Ordinal);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_problem_is_told_up_to_ten()
    {
        var error = Assert.Throws<HostingException>(() => Read(string.Concat(Enumerable.Repeat("x 60 IN A nowhere\n", 12))));
        Assert.Contains("has 12 errors", error.Message, StringComparison.Ordinal);
        Assert.Contains("file:10:11 ", error.Message, StringComparison.Ordinal);
        Assert.Contains("and 2 more", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_edited_stand_in_is_an_error_and_an_edited_description_is_what_counts()
    {
        DnsRecordSet[] sets = [.. new[] { ("a", 1), ("b", 2) }.Select(static one => new DnsRecordSet
        {
            Name = "www.example.net", Type = "A", Ttl = 60, Values = [$"192.0.2.{one.Item2}"], SetIdentifier = one.Item1, Routing = new() { Weight = one.Item2 },
        })];
        var text = ZoneFileText.Write(ZoneFileFormat.Bind, Zone, sets).Text;
        Assert.Contains("\n" + "www\t60\tIN\tA\t192.0.2.2 ; hostingops: stand-in\n", text, StringComparison.Ordinal);
        var error = Assert.Throws<HostingException>(() => Read(text.Replace("\t192.0.2.2 ;", "\t192.0.2.3 ;")));
        Assert.Contains("does not say the same", error.Message, StringComparison.Ordinal);
        Assert.Equal(7, Read(text.Replace("\"weight\": 2", "\"weight\": 7")).Single(static set => set.SetIdentifier == "b").Routing!.Weight);
        Assert.Equal(2, Read(text.Replace("www\t60\tIN\tA\t192.0.2.2 ; hostingops: stand-in\n", "")).Count);
    }

    [Fact]
    public void A_spelling_counts_only_while_it_means_what_the_record_says()
    {
        DnsRecordSet[] sets = [new() { Name = "six.example.net", Type = "AAAA", Ttl = 60, Values = ["2001:DB8::1"] }];
        var text = ZoneFileText.Write(ZoneFileFormat.Bind, Zone, sets).Text;
        Assert.Equal(["2001:DB8::1"], Assert.Single(Read(text)).Values);
        Assert.Equal(["2001:db8::2"], Assert.Single(Read(text.Replace("\t2001:db8::1", "\t2001:db8::2"))).Values);
    }

    [Fact]
    public void A_file_without_records_is_no_zone() => Assert.Throws<HostingException>(() => Read("; nothing\n"));

    [Theory]
    [InlineData("version: 1\nzone: example.net\nrecordSets:\n  - { name: a.example.net, type: A, ttl: 60, valeus: [192.0.2.1] }", "file:4:46 'valeus'")]
    [InlineData("version: 1\nzone: example.net\nrecordSets:\n  - { name: a.example.net, type: A, ttl: 60, values: [192.0.2.1], alias: { target: x, zoneId: Z, evaluateTargetHealth: true } }", "either 'ttl'")]
    [InlineData("version: 1\nzone: example.net\nrecordSets:\n  - { name: a.example.net, type: A, ttl: 60, values: [192.0.2.1, 192.0.2.1] }", "a value twice")]
    [InlineData("version: 1\nzone: example.net\nrecordSets:\n  - { name: a.example.net, type: A, ttl: 60, values: [192.0.2.1], setIdentifier: x, weight: 1, region: y }", "this has 2")]
    [InlineData("version: 1\nzone: example.net\nrecordSets:\n  - { name: a.example.net, type: A, ttl: 60, values: [192.0.2.1], setIdentifier: x, weight: 256 }", "0 to 255")]
    [InlineData("version: 1\nzone: example.net\nrecordSets:\n  - { name: a.example.net, type: TXT, ttl: 60, values: [\"\\e]0;x\"] }", "control character")]
    [InlineData("version: 2\nzone: example.net\nrecordSets: []", "'version' is 2")]
    [InlineData("version: 1\nzone: example.net\nrecordSets:\n  - 7", "a record set was expected")]
    [InlineData("version: 1\nzone: example.net\nrecordSets: [!!python/object x]", "tag")]
    [InlineData("version: 1\nrecordSets: &a [*a]", "anchor")]
    public void YAML_that_cannot_be_meant_is_refused_with_its_place(string yaml, string expected) =>
        Assert.Contains(expected, Assert.Throws<HostingException>(() => Read(yaml)).Message, StringComparison.Ordinal);

    private static IReadOnlyList<DnsRecordSet> Read(string text) => ZoneFileText.Read(text, null, Zone, "file").RecordSets;

    private static string Line(DnsRecordSet set) => FormattableString.Invariant($"{set.Name} {set.Type} {set.Ttl} {string.Join(" | ", set.Values)}");
}
