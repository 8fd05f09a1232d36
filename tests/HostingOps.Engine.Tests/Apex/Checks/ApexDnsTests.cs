using System.Net;
using HostingOps.Engine.Apex.Checks;
using HostingOps.Engine.Dns.Wire;
using HostingOps.Engine.Tests.Dns;
using HostingOps.Engine.Tests.Health;
using static HostingOps.ApexRedirectFindingCode;

namespace HostingOps.Engine.Tests.Apex.Checks;

/// <summary>What is found when the public DNS leads elsewhere, by a resolver on loopback that says what a test wants.</summary>
public sealed class ApexDnsTests
{
    private const string V6 = "2001:db8::99";

    private static readonly string[] Right =
    [
        "acme.example A 198.51.100.99", "www.acme.example CNAME acme.sites.example.net", "acme.sites.example.net A 203.0.113.10",
        "law.example A 198.51.100.99",
    ];

    public static TheoryData<string, string[], string?, ApexRedirectFindingCode?, ApexRedirectOutcome> Zones() => new()
    {
        { "right", Right, null, null, ApexRedirectOutcome.Passed },
        { "right with IPv6", [.. Right, $"acme.example AAAA {V6}", $"law.example AAAA {V6}"], V6, null, ApexRedirectOutcome.Passed },
        { "elsewhere", Without("acme.example A", "acme.example A 192.0.2.1"), null, DnsElsewhere, ApexRedirectOutcome.Failed },
        { "some elsewhere", [.. Right, "acme.example A 192.0.2.1"], null, DnsElsewhere, ApexRedirectOutcome.Failed },
        { "no A", Without("acme.example A", "acme.example TXT x"), null, DnsMissing, ApexRedirectOutcome.Failed },
        { "no name", Without("acme.example A"), null, DnsMissing, ApexRedirectOutcome.Failed },
        { "old AAAA", [.. Right, "acme.example AAAA 2001:db8::1"], null, DnsV6Elsewhere, ApexRedirectOutcome.Failed },
        { "other AAAA", [.. Right, "acme.example AAAA 2001:db8::1", $"law.example AAAA {V6}"], V6, DnsV6Elsewhere, ApexRedirectOutcome.Failed },
        { "no AAAA", [.. Right, $"law.example AAAA {V6}"], V6, DnsV6Missing, ApexRedirectOutcome.Warning },
        { "www is an A", Without("www.acme.example", "www.acme.example A 203.0.113.10"), null, WwwNotOurs, ApexRedirectOutcome.Failed },
        { "www is another's", Without("www.acme.example", "www.acme.example CNAME shop.example", "shop.example A 192.0.2.1"), null, WwwNotOurs, ApexRedirectOutcome.Failed },
        { "www is not there", Without("www.acme.example"), null, WwwNotOurs, ApexRedirectOutcome.Failed },
        { "www by way of another", Without("www.acme.example", "www.acme.example CNAME cdn.example", "cdn.example CNAME ACME.sites.example.net"), null, null, ApexRedirectOutcome.Passed },
        { "www in a circle", Without("www.acme.example", "www.acme.example CNAME a.example", "a.example CNAME www.acme.example"), null, DnsUnknown, ApexRedirectOutcome.Unknown },
        { "broken", [.. Right, "acme.example FAIL"], null, DnsUnknown, ApexRedirectOutcome.Unknown },
    };

    [Theory]
    [MemberData(nameof(Zones))]
    public async Task Each_way_to_lead_elsewhere_is_found(string way, string[] zone, string? v6, ApexRedirectFindingCode? code, ApexRedirectOutcome outcome)
    {
        var (tests, _) = await RunAsync(zone, v6);

        var acme = Assert.Single(tests, static test => test.Host == "acme.example");
        Assert.Equal((way, code, outcome), (way, acme.Findings.Select(static finding => (ApexRedirectFindingCode?)finding.Code).SingleOrDefault(), acme.Outcome));

        // An alias has no www of its own, and the neighbour's trouble is not its.
        Assert.Empty(Assert.Single(tests, static test => test.Host == "law.example").Findings);
    }

    [Fact]
    public async Task The_schemes_of_a_name_share_its_questions()
    {
        var (_, questions) = await RunAsync(Right, null, schemes: 2);

        Assert.Equal(5, questions);
    }

    [Fact]
    public async Task A_resolver_that_refuses_is_passed_over_for_the_next()
    {
        await using var refusing = new ScriptedNameServer(static (query, _) => [(ScriptedNameServer.Reply(query) with { ResponseCode = DnsResponseCode.Refused }).Encode()]);

        var (tests, _) = await RunAsync(Right, null, before: [refusing.Endpoint]);
        Assert.All(tests, static test => Assert.Equal(ApexRedirectOutcome.Passed, test.Outcome));

        await using var only = LoopbackServer.Answering(RedirectTests.Right);
        var unknown = await RedirectTests.RunAsync([RedirectTests.Site()], RedirectTests.At(only.Port) with { CheckDns = true, NameServers = [refusing.Endpoint] });
        var finding = Assert.Single(Assert.Single(unknown).Findings);
        Assert.Equal((DnsUnknown, ApexRedirectOutcome.Unknown), (finding.Code, finding.Outcome));
        Assert.Contains("Refused", finding.Message, StringComparison.Ordinal);
    }

    private static string[] Without(string beginning, params string[] instead) =>
        [.. Right.Where(line => !line.StartsWith(beginning, StringComparison.Ordinal)), .. instead];

    private static async Task<(IReadOnlyList<ApexRedirectTest> Tests, int Questions)> RunAsync(
        string[] zone, string? v6, int schemes = 1, IReadOnlyList<IPEndPoint>? before = null)
    {
        await using var redirector = LoopbackServer.Answering(static request => LoopbackServer.Redirect($"https://www.acme.example{request.Target}"));
        await using var resolver = new ScriptedNameServer((query, _) => [Answer(zone, query).Encode()]);
        var options = RedirectTests.At(redirector.Port) with
        {
            CheckDns = true,
            NameServers = [.. before ?? [], resolver.Endpoint],
            Https = schemes == 2,
            Timeout = schemes == 2 ? TimeSpan.FromSeconds(2) : RedirectTests.Patience,
        };
        if (schemes == 2)
        {
            options = options with { ConnectTo = new Dictionary<string, string>(options.ConnectTo) { [RedirectTests.ElasticIp + ":443"] = "127.0.0.1:1" } };
        }

        var tests = await RedirectTests.RunAsync(
            [RedirectTests.Site(aliases: "law.example")], options, new ApexSettings { ElasticIp = RedirectTests.ElasticIp, ElasticIpV6 = v6 });
        Assert.Equal(2 * schemes, tests.Count);
        return (tests, resolver.Queries);
    }

    // As a resolver does: the whole chain of CNAMEs, as far as it is known.
    private static DnsMessage Answer(string[] zone, DnsMessage query)
    {
        var lines = zone.Select(static line => line.Split(' ')).ToLookup(static line => DnsName.Parse(line[0]));
        var (name, type) = (query.Questions[0].Name, query.Questions[0].Type);
        var answers = new List<DnsResourceRecord>();
        for (var hops = 0; hops < 12 && lines[name].FirstOrDefault(static line => line[1] == "CNAME") is { } cname; hops++)
        {
            answers.Add(new(name, 60, DnsRecordData.Parse(DnsRecordType.CNAME, cname[2])));
            name = DnsName.Parse(cname[2]);
        }

        answers.AddRange(lines[name].Where(line => line[1] == type.ToText()).Select(line => new DnsResourceRecord(name, 60, DnsRecordData.Parse(type, line[2]))));
        return ScriptedNameServer.Reply(query) with
        {
            IsAuthoritative = false,
            RecursionAvailable = true,
            Answers = answers,
            ResponseCode = lines[name].Any(static line => line[1] == "FAIL") ? DnsResponseCode.ServerFailure : lines.Contains(name) ? DnsResponseCode.NoError : DnsResponseCode.NameError,
        };
    }
}
