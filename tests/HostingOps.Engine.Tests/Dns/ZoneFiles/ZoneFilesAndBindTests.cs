using System.Diagnostics;
using System.Net;
using HostingOps.Engine.Dns;
using HostingOps.Engine.Dns.Wire;
using HostingOps.Engine.Dns.ZoneFiles;
using HostingOps.Testing;

namespace HostingOps.Engine.Tests.Dns.ZoneFiles;

/// <summary>What BIND says of our zone files, and what it serves of them.</summary>
public sealed class ZoneFilesAndBindTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [SkippableFact]
    public void Named_checkzone_takes_the_hard_zone() => Accepted(HardZone.Name, HardZone.Sets);

    // Each of these Route 53 may hold, and BIND refuses the zone that has it as a record.
    [SkippableTheory]
    [InlineData("*.example.test", "NS", "ns.example.com.")]
    [InlineData("x.example.test", "DS", "1 8 2 00")]
    [InlineData("x.example.test", "SSHFP", "1 1 00")]
    [InlineData("x.example.test", "SSHFP", "4 9 ")]
    [InlineData("x.example.test", "TLSA", "0 0 1 ")]
    [InlineData("x.example.test", "NAPTR", "1 1 \"U\" \"s\" \"abc\" .")]
    [InlineData("x.example.test", "NAPTR", "1 1 \"U\" \"s\" \"!(a!b!\" .")]
    [InlineData("x.example.test", "NAPTR", "1 1 \"U\" \"s\" \"!a!\\\\1!\" .")]
    [InlineData("x.example.test", "NAPTR", "1 1 \"U\" \"s\" \"!a!b!x\" .")]
    [InlineData("x.example.test", "NAPTR", "1 1 \"U\" \"s\" \"!*a!b!\" .")]
    [InlineData("x.example.test", "NAPTR", "1 1 \"U\" \"s\" \"!a!b\\\\\" .")]
    [InlineData("x.example.test", "HTTPS", "1 . no-default-alpn")]
    [InlineData("x.example.test", "HTTPS", "1 . mandatory=alpn")]
    [InlineData("x.example.test", "SVCB", "1 . port=1 port=2")]
    [InlineData("x.example.test", "SVCB", "1 . dohpath=/x")]
    [InlineData("x.example.test", "HTTPS", "\\# 3 000100ff")]
    [InlineData("x.example.test", "HTTPS", "\\# 4 00010000")]
    public void What_BIND_refuses_is_kept_in_a_comment(string name, string type, string value)
    {
        DnsRecordSet[] sets = [.. Apex(), new() { Name = name, Type = type, Ttl = 60, Values = [value] }];
        var text = Accepted("example.test", sets);
        Assert.Equal(ZoneFileRoundTripTests.Exact(sets), ZoneFileRoundTripTests.Exact(ZoneFileText.Read(text, ZoneFileFormat.Bind, "example.test", "file").RecordSets));
        var plain = text.Split('\n').Count(static line => line.Length > 0 && line[0] is not (';' or '$'));
        Assert.Equal(2, plain);
    }

    // And these it takes, so that they must not hide in comments.
    [SkippableTheory]
    [InlineData("NAPTR", "1 1 \"U\" \"s\" \"!^(a|b+)[0-9a-f]*\\\\.x$!sip:\\\\1@y!i\" .")]
    [InlineData("NAPTR", "1 1 \"U\" \"s\" \"/^.*$/sip:info@example.com/\" .")]
    [InlineData("HTTPS", "1 . no-default-alpn alpn=h2 key8 key9=\"\\001\"")]
    [InlineData("SVCB", "1 . dohpath=\"/dns-query{?dns}\" mandatory=dohpath")]
    [InlineData("DS", "1 8 5 00")]
    [InlineData("CAA", "0 issue \"\"")]
    [InlineData("MX", "0 .")]
    public void What_BIND_takes_is_a_record(string type, string value)
    {
        DnsRecordSet[] sets = [.. Apex(), new() { Name = "x.example.test", Type = type, Ttl = 60, Values = [value] }];
        var plain = Accepted("example.test", sets).Split('\n').Count(static line => line.Length > 0 && line[0] is not (';' or '$'));
        Assert.Equal(3, plain);
    }

    [SkippableFact]
    public async Task A_real_bind9_serves_every_record_of_the_hard_zone()
    {
        var (text, notServed) = ZoneFileText.Write(ZoneFileFormat.Bind, HardZone.Name, HardZone.Sets);
        await using var server = await RealNameServer.StartWithFileAsync(HardZone.Name, text);
        var client = new DnsClient(TimeProvider.System);
        var compared = 0;
        foreach (var group in HardZone.Sets.Where(set => !notServed.Contains(set) && !IsBelowDelegation(set)).GroupBy(static set => (set.Name, set.Type)))
        {
            var set = Assert.Single(group);
            var type = DnsRecordTypeText.Parse(set.Type);
            var answer = await client.QueryAsync(server.Endpoint, set.Name, type, Patience, CancellationToken.None);
            var records = IsDelegation(set) ? answer.Authorities : answer.Answers;
            Assert.Equal(
                set.Values.Select(value => Key(DnsRecordData.Parse(type, value))).Order(StringComparer.Ordinal),
                records.Where(record => record.Data.Type == type).Select(static record => Key(record.Data)).Order(StringComparer.Ordinal));
            Assert.All(records.Where(record => record.Data.Type == type), record => Assert.Equal((uint)set.Ttl!, record.Ttl));
            compared += set.Values.Count;
        }

        Assert.True(compared > 50, $"Only {compared} records were compared.");
    }

    [SkippableFact]
    public async Task Dig_sees_the_same_from_an_exported_zone()
    {
        var dig = RealPart.Require("dig");
        var (text, _) = ZoneFileText.Write(ZoneFileFormat.Bind, HardZone.Name, HardZone.Sets);
        await using var server = await RealNameServer.StartWithFileAsync(HardZone.Name, text);
        (string Name, string Type, string[] Expected)[] asked =
        [
            (HardZone.Name, "CAA", ["0 issue \"ca.example.com; account=1\"", "128 iodef \"mailto:a\\\"b\\\\c@example.com\""]),
            ("anything.hard.example.net", "A", ["192.0.2.1", "192.0.2.2"]),
            (@"a\032b.hard.example.net", "A", ["192.0.2.3"]),
            (@"\@.hard.example.net", "TXT", ["\"at\""]),
            (@"\000\255\010.hard.example.net", "TXT", ["\"bytes\""]),
            ("six.hard.example.net", "AAAA", ["2001:db8::1", "2001:db8::2"]),
            ("_sip._tcp.hard.example.net", "SRV", ["1 10 5269 xmpp.example.com.", "2 0 0 ."]),
            ("naptr.hard.example.net", "NAPTR", ["100 50 \"u\" \"E2U+sip\" \"!^(\\\\+44163296[0-9]+)$!sip:\\\\1@example.com!i\" ."]),
            ("https.hard.example.net", "HTTPS", ["0 alias.example.com.", "1 . alpn=\"h2,h3\" port=8443 ipv4hint=192.0.2.1,192.0.2.2 ipv6hint=2001:db8::1"]),
            ("weighted.hard.example.net", "A", ["192.0.2.2", "192.0.2.3"]),
            ("failover.hard.example.net", "A", ["192.0.2.1"]),
            ("geo.hard.example.net", "A", ["192.0.2.1"]),
        ];
        foreach (var (name, type, expected) in asked)
        {
            var port = server.Endpoint.Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
            var answer = Run(dig, "@127.0.0.1", "-p", port, "+short", "+norecurse", "-q", name, "-t", type);
            Assert.Equal(expected, answer.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal));
        }
    }

    [SkippableFact]
    public void Named_compilezone_says_the_same_records()
    {
        var program = RealPart.Require("named-compilezone");
        var (text, notServed) = ZoneFileText.Write(ZoneFileFormat.Bind, HardZone.Name, HardZone.Sets);
        var source = folder.Write("source.zone", text);
        var compiled = Path.Combine(folder.Path, "compiled.zone");
        var run = Run(program, "-i", "none", "-k", "ignore", "-r", "ignore", "-s", "full", "-o", compiled, HardZone.Name, source);
        Assert.True(run.Code == 0, run.Output);
        var read = ZoneFileText.Load(compiled, ZoneFileFormat.Bind, HardZone.Name).RecordSets.ToDictionary(static set => (set.Name, set.Type));
        var served = HardZone.Sets.Where(set => !notServed.Contains(set)).ToList();
        Assert.Equal(served.Count, read.Count);
        foreach (var set in served)
        {
            var type = DnsRecordTypeText.Parse(set.Type);
            var other = read[(set.Name, set.Type)];
            Assert.Equal(set.Ttl, other.Ttl);
            Assert.Equal(
                set.Values.Select(value => Key(DnsRecordData.Parse(type, value))).Order(StringComparer.Ordinal),
                other.Values.Select(value => Key(DnsRecordData.Parse(type, value))).Order(StringComparer.Ordinal));
        }
    }

    private static DnsRecordSet[] Apex() =>
    [
        new() { Name = "example.test", Type = "SOA", Ttl = 900, Values = ["ns.example.com. host.example.com. 1 7200 900 1209600 300"] },
        new() { Name = "example.test", Type = "NS", Ttl = 900, Values = ["ns.example.com."] },
    ];

    private static bool IsDelegation(DnsRecordSet set) => set.Type == "NS" && set.Name != HardZone.Name;

    private static bool IsBelowDelegation(DnsRecordSet set) => set.Name.EndsWith(".sub." + HardZone.Name, StringComparison.Ordinal);

    // BIND answers names as they were asked or stored; their case means nothing.
    private static string Key(DnsRecordData data) => Convert.ToHexString(RdataWire.Canonical(data.Type, data.Bytes.ToArray()));

    private string Accepted(string zone, IReadOnlyList<DnsRecordSet> sets)
    {
        var program = RealPart.Require("named-checkzone");
        var text = ZoneFileText.Write(ZoneFileFormat.Bind, zone, sets).Text;
        var run = Run(program, "-i", "local", zone, folder.Write("zone", text));
        Assert.True(run.Code == 0, run.Output + text);
        return text;
    }

    private static (int Code, string Output) Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + error.Result);
    }
}
