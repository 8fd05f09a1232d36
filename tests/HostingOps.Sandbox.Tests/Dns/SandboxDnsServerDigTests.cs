using HostingOps.Sandbox.Dns;

namespace HostingOps.Sandbox.Tests.Dns;

/// <summary>The server as the real dig sees it.</summary>
public sealed class SandboxDnsServerDigTests : IAsyncDisposable
{
    private readonly MemoryZone zone = new("example.test", "child.example.test");
    private readonly SandboxDnsServer server;

    public SandboxDnsServerDigTests() => server = SandboxDnsServer.Start(zone, TimeProvider.System);

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [SkippableTheory]
    [InlineData("A", "192.0.2.1", "192.0.2.1")]
    [InlineData("AAAA", "2001:DB8:0::1", "2001:db8::1")]
    [InlineData("CNAME", "host.elsewhere.test", "host.elsewhere.test.")]
    [InlineData("MX", "10 mail.example.test", "10 mail.example.test.")]
    [InlineData("SRV", "1 2 5269 xmpp.example.test.", "1 2 5269 xmpp.example.test.")]
    [InlineData("CAA", "0 issue \"ca.example; account=1\"", "0 issue \"ca.example; account=1\"")]
    [InlineData("TXT", "\"a \\\"b\\\" \\\\\" \"\\303\\244\"", "\"a \\\"b\\\" \\\\\" \"\\195\\164\"")]
    [InlineData("PTR", "www.example.test", "www.example.test.")]
    [InlineData("SPF", "\"v=spf1 -all\"", "\"v=spf1 -all\"")]
    [InlineData("NAPTR", "100 50 \"u\" \"E2U+sip\" \"\" sip.example.test.", "100 50 \"u\" \"E2U+sip\" \"\" sip.example.test.")]
    [InlineData("DS", "12345 13 2 0011223344556677889900112233445566778899001122334455667788990011", "12345 13 2 00112233445566778899001122334455667788990011223344556677 88990011")]
    [InlineData("SSHFP", "4 2 0011223344556677889900112233445566778899001122334455667788990011", "4 2 00112233445566778899001122334455667788990011223344556677 88990011")]
    [InlineData("TYPE65280", "\\# 3 0a0b0c", "\\# 3 0A0B0C")]
    public async Task Each_type_is_understood(string type, string value, string expected)
    {
        zone.Set("www.example.test", type, 60, value);
        var dig = await Ask("www.example.test", type);
        Assert.Equal("NOERROR", dig.Status);
        Assert.Equal("qr aa", dig.Flags);
        Assert.Equal([$"www.example.test. 60 {type} {expected}"], dig.Answers);
        Assert.Empty(dig.Authorities);
    }

    [SkippableFact]
    public async Task Names_are_found_without_case_and_come_back_as_asked()
    {
        zone.Set(@"a\.b\032c.example.test", "A", 60, "192.0.2.9").Set("www.example.test", "A", 60, "192.0.2.1");
        Assert.Equal(["WWW.Example.TEST. 60 A 192.0.2.1"], (await Ask("WWW.Example.TEST", "A")).Answers);
        Assert.Equal([@"a\.b\032c.example.test. 60 A 192.0.2.9"], (await Ask(@"a\.b\032c.example.test", "A")).Answers);
    }

    [SkippableFact]
    public async Task The_apex_has_its_SOA_and_NS()
    {
        Assert.Equal(
            ["example.test. 900 SOA ns.example.test. hostmaster.example.test. 1 7200 900 1209600 60"],
            (await Ask("example.test", "SOA")).Answers);
        Assert.Equal(["example.test. 172800 NS ns.example.test."], (await Ask("example.test", "NS")).Answers);
    }

    [SkippableFact]
    public async Task A_name_that_is_not_there_is_NXDOMAIN_with_the_negative_TTL()
    {
        var dig = await Ask("missing.example.test", "A");
        Assert.Equal("NXDOMAIN", dig.Status);
        Assert.Equal("qr aa", dig.Flags);
        Assert.Empty(dig.Answers);
        Assert.Equal(["example.test. 60 SOA ns.example.test. hostmaster.example.test. 1 7200 900 1209600 60"], dig.Authorities);
    }

    [SkippableFact]
    public async Task A_type_that_is_not_there_and_a_name_with_only_names_below_are_NODATA()
    {
        zone.Set("www.example.test", "A", 60, "192.0.2.1").Set("a.b.example.test", "A", 60, "192.0.2.1");
        foreach (var (name, type) in new[] { ("www.example.test", "AAAA"), ("b.example.test", "A") })
        {
            var dig = await Ask(name, type);
            Assert.Equal("NOERROR", dig.Status);
            Assert.Empty(dig.Answers);
            Assert.StartsWith("example.test. 60 SOA", Assert.Single(dig.Authorities), StringComparison.Ordinal);
        }
    }

    [SkippableFact]
    public async Task A_wildcard_covers_what_nothing_nearer_holds()
    {
        zone.Set("*.example.test", "A", 60, "192.0.2.8").Set("host.example.test", "TXT", 60, "\"x\"").Set("a.ent.example.test", "A", 60, "192.0.2.7");
        Assert.Equal(["any.example.test. 60 A 192.0.2.8"], (await Ask("any.example.test", "A")).Answers);
        Assert.Equal(["x.y.example.test. 60 A 192.0.2.8"], (await Ask("x.y.example.test", "A")).Answers);
        Assert.Equal(["*.example.test. 60 A 192.0.2.8"], (await Ask("*.example.test", "A")).Answers);
        Assert.Equal("NOERROR", (await Ask("any.example.test", "AAAA")).Status);

        // RFC 4592 §2.2.1: an existing name, and what is below it, is not covered.
        var existing = await Ask("host.example.test", "A");
        Assert.Equal(("NOERROR", 0), (existing.Status, existing.Answers.Count));
        Assert.Equal("NXDOMAIN", (await Ask("below.host.example.test", "A")).Status);
        Assert.Equal("NXDOMAIN", (await Ask("other.ent.example.test", "A")).Status);
    }

    [SkippableFact]
    public async Task An_alias_is_followed_inside_the_zone_and_no_further()
    {
        zone.Set("one.example.test", "CNAME", 60, "Two.example.test.")
            .Set("two.example.test", "CNAME", 60, "host.example.test")
            .Set("host.example.test", "A", 30, "192.0.2.1")
            .Set("out.example.test", "CNAME", 60, "www.elsewhere.test.")
            .Set("sub.example.test", "CNAME", 60, "www.child.example.test.")
            .Set("www.child.example.test", "A", 60, "192.0.2.2")
            .Set("dead.example.test", "CNAME", 60, "missing.example.test.")
            .Set("round.example.test", "CNAME", 60, "about.example.test.")
            .Set("about.example.test", "CNAME", 60, "round.example.test.");

        Assert.Equal(
            ["one.example.test. 60 CNAME Two.example.test.", "Two.example.test. 60 CNAME host.example.test.", "host.example.test. 30 A 192.0.2.1"],
            (await Ask("one.example.test", "A")).Answers);
        Assert.Equal(["one.example.test. 60 CNAME Two.example.test."], (await Ask("one.example.test", "CNAME")).Answers);

        var leaving = await Ask("out.example.test", "A");
        Assert.Equal(("NOERROR", "qr aa"), (leaving.Status, leaving.Flags));
        Assert.Equal(["out.example.test. 60 CNAME www.elsewhere.test."], leaving.Answers);
        Assert.Single((await Ask("sub.example.test", "A")).Answers);

        var dead = await Ask("dead.example.test", "A");
        Assert.Equal("NXDOMAIN", dead.Status);
        Assert.Single(dead.Answers);
        Assert.Single(dead.Authorities);

        Assert.Equal(2, (await Ask("round.example.test", "A")).Answers.Count);
    }

    [SkippableFact]
    public async Task A_delegation_is_a_referral_with_glue()
    {
        zone.Set("cut.example.test", "NS", 300, "ns.cut.example.test.", "ns.elsewhere.test.").Set("ns.cut.example.test", "A", 300, "192.0.2.53");
        var dig = await Ask("www.cut.example.test", "A");
        Assert.Equal(("NOERROR", "qr"), (dig.Status, dig.Flags));
        Assert.Empty(dig.Answers);
        Assert.Equal(["cut.example.test. 300 NS ns.cut.example.test.", "cut.example.test. 300 NS ns.elsewhere.test."], dig.Authorities);
        Assert.Equal(["ns.cut.example.test. 300 A 192.0.2.53"], dig.Additionals);
    }

    [SkippableFact]
    public async Task The_nearest_zone_answers()
    {
        zone.Set("www.child.example.test", "A", 60, "192.0.2.2");
        Assert.Equal(["www.child.example.test. 60 A 192.0.2.2"], (await Ask("www.child.example.test", "A")).Answers);
        Assert.StartsWith("child.example.test.", Assert.Single((await Ask("no.child.example.test", "A")).Authorities), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Names_of_no_zone_other_classes_and_transfers_are_refused()
    {
        Assert.Equal("REFUSED", (await Ask("www.elsewhere.test", "A")).Status);
        Assert.Equal("REFUSED", (await Ask("version.bind", "TXT", "CH")).Status);
        Assert.Contains("Transfer failed", (await Ask("example.test", "AXFR")).Output, StringComparison.Ordinal);
        Assert.Contains("Transfer failed", (await Ask("+tcp", "example.test", "IXFR=1")).Output, StringComparison.Ordinal);
        Assert.Equal("NOTIMP", (await Ask("+opcode=NOTIFY", "example.test", "SOA")).Status);
        Assert.Equal("BADVERS", (await Ask("+edns=1", "+noednsneg", "example.test", "SOA")).Status);
    }

    [SkippableFact]
    public async Task ANY_gets_one_record_set()
    {
        zone.Set("www.example.test", "A", 60, "192.0.2.1", "192.0.2.2").Set("www.example.test", "TXT", 60, "\"x\"");
        Assert.Equal(["www.example.test. 60 A 192.0.2.1", "www.example.test. 60 A 192.0.2.2"], (await Ask("www.example.test", "ANY")).Answers);
    }

    [SkippableTheory]
    [InlineData("+noedns", 512)]
    [InlineData("+bufsize=1232", 1232)]
    [InlineData("+bufsize=100", 512)]
    public async Task A_long_answer_is_cut_to_what_fits_and_whole_over_TCP(string option, int limit)
    {
        zone.Set("large.example.test", "TXT", 60, [.. Enumerable.Range(0, 40).Select(number => $"\"{number:D3} {new string('x', 60)}\"")]);

        var cut = await Ask("+ignore", "+notcp", option, "large.example.test", "TXT");
        Assert.Equal("qr aa tc", cut.Flags);
        Assert.InRange(cut.Answers.Count, 1, 39);
        var size = int.Parse(cut.Output.Split("rcvd: ")[1].Trim(), System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange(size, limit - 80, limit);

        var whole = await Ask(option, "large.example.test", "TXT");
        Assert.Equal("qr aa", whole.Flags);
        Assert.Equal(40, whole.Answers.Count);
        Assert.Contains("(TCP)", whole.Output, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_connection_takes_several_queries()
    {
        zone.Set("www.example.test", "A", 60, "192.0.2.1");
        var dig = await Ask("+tcp", "+keepopen", "www.example.test", "A", "+tcp", "+keepopen", "example.test", "NS");
        Assert.Contains("192.0.2.1", dig.Output, StringComparison.Ordinal);
        Assert.Contains("ns.example.test.", dig.Output, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task What_the_zone_has_now_is_served()
    {
        zone.Set("www.example.test", "A", 60, "192.0.2.1");
        Assert.Single((await Ask("www.example.test", "A")).Answers);
        zone.Set("www.example.test", "A", 60, "192.0.2.2");
        Assert.Equal(["www.example.test. 60 A 192.0.2.2"], (await Ask("www.example.test", "A")).Answers);
        zone.Remove("www.example.test", "A");
        Assert.Equal("NXDOMAIN", (await Ask("www.example.test", "A")).Status);
    }

    private Task<Dig> Ask(params string[] query) => Dig.AskAsync(server.Endpoint, query);
}
