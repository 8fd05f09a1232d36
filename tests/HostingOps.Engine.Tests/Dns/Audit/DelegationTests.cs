using HostingOps.Engine.Dns.Audit.Walk;
using HostingOps.Engine.Dns.Wire;
using static HostingOps.SiteDnsFindingCode;

namespace HostingOps.Engine.Tests.Dns.Audit;

/// <summary>What a registry says of a domain against what its name servers do.</summary>
public sealed class DelegationTests
{
    private readonly FakeInternet internet = new();

    [Fact]
    public async Task A_domain_that_the_registry_does_not_know_is_told_once_and_the_registry_is_left_alone()
    {
        internet.Example.Remove("acme");
        internet.Site = internet.Site with { Aliases = ["shop.acme.example"] };

        var audit = await internet.AuditAsync();

        Assert.Equal(["acme.example", "shop.acme.example"], audit.Findings.Where(static finding => finding.Code == DomainMissing).Select(static finding => finding.Name));
        Assert.All(audit.Findings, static finding => Assert.Equal(DomainMissing, finding.Code));
        Assert.Contains("not registered, has expired", audit.Findings[0].Seen);
        Assert.Equal(["a.nic.example (192.0.2.2)"], audit.Findings[0].SeenFrom);
        Assert.DoesNotContain(internet.Asked, static question => question is { Server: FakeInternet.Registry, Ask.Question: { Type: DnsRecordType.A } asked } && asked.Name.ToString() == "www.acme.example");
    }

    [Fact]
    public async Task A_registry_and_a_zone_that_name_other_servers()
    {
        internet.Acme.Remove("@", "NS").Add("@ 60 NS ns1.hoster.example", "@ 60 NS ns3.hoster.example");

        var finding = AuditAssert.Only(await internet.AuditAsync(), DelegationMismatch, SiteDnsSeverity.Warning);

        Assert.Contains("The registry names ns1.hoster.example, ns2.hoster.example for acme.example, and the zone itself names ns1.hoster.example, ns3.hoster.example", finding.Seen);
        Assert.Equal("a.nic.example (192.0.2.2)", finding.SeenFrom[0]);
        Assert.Contains("ns1.hoster.example (192.0.2.11)", finding.SeenFrom);
    }

    [Theory]
    [InlineData(DnsResponseCode.Refused, "REFUSED")]
    [InlineData(DnsResponseCode.ServerFailure, "SERVFAIL")]
    [InlineData(DnsResponseCode.NoError, "without authority")]
    public async Task A_lame_server_beside_a_good_one(DnsResponseCode code, string says)
    {
        internet.Misbehave(FakeInternet.Hoster[1], (_, query) => query.Questions[0].Name.ToString().EndsWith("acme.example", StringComparison.Ordinal)
            ? FakeInternet.Reply(query) with { ResponseCode = code }
            : internet.Answer(FakeInternet.Hoster[1], query));

        var finding = AuditAssert.Only(await internet.AuditAsync(), ServerLame, SiteDnsSeverity.Warning);

        Assert.Contains("ns2.hoster.example (192.0.2.12)", finding.Seen);
        Assert.Contains(says, finding.Seen);
        Assert.Contains("ns2.hoster.example (192.0.2.12)", finding.Request);
    }

    [Fact]
    public async Task A_server_that_sends_the_asker_up_is_lame()
    {
        internet.Misbehave(FakeInternet.Hoster[0], (_, query) => FakeInternet.Reply(query) with
        {
            Authorities = [new DnsResourceRecord(DnsName.Root, 60, DnsRecordData.Parse(DnsRecordType.NS, "a.root-servers.net"))],
        });

        var codes = (await internet.AuditAsync()).Findings;

        Assert.Equal([(ServerLame, "acme.example")], codes.Select(static finding => (finding.Code, finding.Name)));
    }

    [Fact]
    public async Task When_no_server_answers_nothing_is_known_and_everything_says_so()
    {
        foreach (var address in FakeInternet.Hoster)
        {
            internet.Misbehave(address, static (_, _) => null);
        }

        internet.Settings = internet.Settings with { Resolvers = [] };
        var audit = await internet.AuditAsync();

        Assert.Equal(SiteDnsStatus.Failed, audit.Status);
        Assert.Equal(SiteDnsSeverity.Error, Assert.Single(audit.Findings, static finding => finding.Code == ServerSilent).Severity);
        Assert.Contains(audit.Findings, static finding => finding is { Code: NotKnown, Name: "www.acme.example" });
        Assert.Contains(audit.Findings, static finding => finding is { Code: CaaUnknown });
        Assert.DoesNotContain(audit.Findings, static finding => finding.Code is WwwMissing or AddressMissing);

        // Three silences in a row are enough; the rest of the questions never leave.
        Assert.All(FakeInternet.Hoster, address => Assert.InRange(internet.Asked.Count(question => question.Server == address), 1, 10));
    }

    [Fact]
    public async Task One_server_or_one_address_is_too_few()
    {
        internet.Example.Remove("acme").Add("acme 60 NS ns1.hoster.example");
        internet.Acme.Remove("@", "NS").Add("@ 60 NS ns1.hoster.example");
        AuditAssert.Only(await internet.AuditAsync(), SingleServer, SiteDnsSeverity.Warning);

        internet.Example.Add("acme 60 NS ns1b.hoster.example", "ns1b.hoster 60 A 192.0.2.11");
        internet.Acme.Add("@ 60 NS ns1b.hoster.example");
        internet.Serve(new FakeZone("hoster.example").Add("@ 60 SOA a. b. 1 1 1 1 60", "@ 60 NS ns1.hoster.example", "ns1 60 A 192.0.2.11", "ns1b 60 A 192.0.2.11"), FakeInternet.Hoster);
        Assert.Contains("all at 192.0.2.11", AuditAssert.Only(await internet.AuditAsync(), SingleAddress, SiteDnsSeverity.Warning).Seen);
    }

    [Theory]
    [InlineData("ns.acme.example", "(glue)")]
    [InlineData("gone.hoster.example", "does not exist")]
    [InlineData("alias.hoster.example", "is an alias (CNAME)")]
    [InlineData("mail.hoster.example", "has no address")]
    [InlineData("ns.circle.example", "over itself")]
    public async Task A_server_whose_name_leads_to_no_address(string name, string says)
    {
        internet.Example.Remove("acme").Add("acme 60 NS ns1.hoster.example", $"acme 60 NS {name}", "circle 60 NS ns.ring.example", "ring 60 NS ns.circle.example");
        internet.Acme.Remove("@", "NS").Add("@ 60 NS ns1.hoster.example", $"@ 60 NS {name}");
        internet.Serve(
            new FakeZone("hoster.example").Add("@ 60 SOA a. b. 1 1 1 1 60", "@ 60 NS ns1.hoster.example", "ns1 60 A 192.0.2.11", "alias 60 CNAME ns1.hoster.example", "mail 60 TXT \"x\""),
            FakeInternet.Hoster);

        var audit = await internet.AuditAsync();

        var finding = Assert.Single(audit.Findings, static finding => finding.Code == ServerWithoutAddress);
        Assert.Contains(says, finding.Seen);
        Assert.Equal(SiteDnsSeverity.Warning, finding.Severity);
    }

    [Theory]
    [InlineData("ns2.agency.example", false)]
    [InlineData("gone.hoster.example", true)]
    public async Task Only_a_sure_absence_of_an_address_is_asked_of_the_client(string name, bool mayAsk)
    {
        internet.Example.Remove("acme").Add("acme 60 NS ns1.hoster.example", $"acme 60 NS {name}", "agency 60 NS ns.agency.example", "ns.agency 60 A 192.0.2.99");
        internet.Acme.Remove("@", "NS").Add("@ 60 NS ns1.hoster.example", $"@ 60 NS {name}");
        internet.Misbehave("192.0.2.99", static (_, _) => null);

        // A server whose address is not known is no proof that all are at one, either.
        var finding = AuditAssert.Only(await internet.AuditAsync(), ServerWithoutAddress, SiteDnsSeverity.Warning);

        Assert.Equal(mayAsk, finding.Request is not null);
    }

    [Fact]
    public async Task A_client_is_told_of_silence_only_when_its_own_domain_was_asked_for()
    {
        foreach (var address in FakeInternet.Hoster)
        {
            internet.Misbehave(address, static (_, _) => null);
        }

        internet.Settings = internet.Settings with { Resolvers = [] };
        internet.Example.Add("beta 60 NS ns1.hoster.example", "beta 60 NS ns2.hoster.example");
        internet.Sites.Add("beta 60 A 203.0.113.10");
        var audits = await internet.AuditAsync([internet.Site, TestSites.Site("beta")], new() { ThrottleLimit = 1 });

        var silent = audits.OrderBy(static audit => audit.Domain).Select(static audit => Assert.Single(audit.Findings, static finding => finding.Code == ServerSilent)).ToList();
        Assert.Equal([(SiteDnsSeverity.Error, true), (SiteDnsSeverity.Unknown, false)], silent.Select(static finding => (finding.Severity, finding.Request is not null)));
        Assert.StartsWith("It is not known whether any name server of beta.example serves it", silent[1].Seen);
        Assert.DoesNotContain(internet.Asked, static question => FakeInternet.Hoster.Contains(question.Server) && question.Ask.Question.Name.ToString() == "beta.example");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_clients_domain_may_have_the_name_of_a_registrys_zone(bool isRegistered)
    {
        internet.Serve(
            new FakeZone(".").Add("@ 60 SOA a. b. 1 1 1 1 60", "example 60 NS a.nic.example", "a.nic.example 60 A " + FakeInternet.Registry, "net 60 NS a.nic.example", "at 60 NS a.nic.example"),
            FakeInternet.Root);
        var registry = new FakeZone("at").Add("@ 60 SOA a. b. 1 1 1 1 60");
        internet.Serve(isRegistered ? registry.Add("plc 60 NS ns1.hoster.example", "plc 60 NS ns2.hoster.example") : registry, FakeInternet.Registry);
        internet.Serve(
            new FakeZone("plc.at").Add(
                "@ 60 SOA a. b. 1 1 1 1 60", "@ 60 NS ns1.hoster.example", "@ 60 NS ns2.hoster.example", "@ 60 A " + FakeInternet.ElasticIp, "www 60 CNAME acme.sites.example.net"),
            FakeInternet.Hoster);
        internet.Site = internet.Site with { Domain = "plc.at" };

        Assert.Equal(isRegistered ? [] : [DomainMissing], (await internet.AuditAsync()).Findings.Select(static finding => finding.Code));
    }

    [Fact]
    public void Of_a_servers_many_addresses_a_few_are_used()
    {
        var many = Enumerable.Range(0, 250).Select(static number => System.Net.IPAddress.Parse($"192.0.2.{number}")).ToList();

        Assert.Equal(many.Take(8), Referral.Prefer([.. many, .. many], 53).Select(static endpoint => endpoint.Address));
    }

    [Fact]
    public async Task Glue_from_a_server_that_has_no_say_is_not_believed()
    {
        // The registry of net gives an address for a name in example; the true one is another.
        internet.Serve(
            new FakeZone("net").Add(
                "@ 60 SOA a. b. 1 1 1 1 60", "example 60 NS ns1.hoster.example", "ns1.hoster.example. 60 A 192.0.2.66"),
            FakeInternet.Registry);
        internet.Serve(
            new FakeZone("example.net").Add("@ 60 SOA a. b. 1 1 1 1 60", "@ 60 NS ns1.hoster.example", "sites 60 NS ns-1.example.net", "sites 60 NS ns-2.example.net", "ns-1 60 A 192.0.2.31", "ns-2 60 A 192.0.2.32"),
            FakeInternet.Hoster);

        Assert.Equal([], (await internet.AuditAsync()).Findings);
        Assert.DoesNotContain(internet.Asked, static question => question.Server == "192.0.2.66");
    }

    [Fact]
    public async Task A_server_that_has_the_zone_above_too_answers_for_the_lower_one_and_is_understood()
    {
        // One server for the registry and the client: there is no referral to see.
        internet.Example.Remove("acme").Add("acme 60 NS a.nic.example");
        internet.Acme.Remove("@", "NS").Add("@ 60 NS a.nic.example", "@ 60 NS ns2.hoster.example");
        internet.Serve(internet.Acme, FakeInternet.Registry);

        var audit = await internet.AuditAsync();

        Assert.Equal([], audit.Findings);
    }

    [Fact]
    public async Task A_www_that_is_a_zone_of_its_own_is_looked_at_too()
    {
        internet.Acme.Remove("www").Add("www 60 NS ns1.hoster.example");
        internet.Serve(new FakeZone("www.acme.example").Add("@ 60 SOA a. b. 1 1 1 1 60", "@ 60 NS ns1.hoster.example", "@ 60 A 203.0.113.10"), FakeInternet.Hoster[0]);

        var audit = await internet.AuditAsync();

        Assert.Contains(audit.Findings, static finding => finding is { Code: WwwFixedAddress });
    }

    [Fact]
    public async Task Without_a_root_nothing_is_known_and_nobody_is_blamed()
    {
        internet.Misbehave(FakeInternet.Root, static (_, _) => null);
        internet.Settings = internet.Settings with { Resolvers = [] };

        var audit = await internet.AuditAsync();

        Assert.Equal(SiteDnsStatus.Unknown, audit.Status);
        Assert.All(audit.Findings, static finding => Assert.Null(finding.Request));
        Assert.Contains("No name server of the root can say where", audit.Findings[0].Seen);
    }

    [Fact]
    public async Task Our_own_zones_faults_are_told_and_asked_of_no_client()
    {
        internet.Misbehave(FakeInternet.Ours[1], static (_, query) => FakeInternet.Reply(query) with { ResponseCode = DnsResponseCode.Refused });

        var finding = AuditAssert.Only(await internet.AuditAsync(), ServerLame, SiteDnsSeverity.Warning);

        Assert.Equal("sites.example.net", finding.Name);
        Assert.Null(finding.Request);
    }

    [Fact]
    public async Task A_load_balancer_that_answers_for_addresses_only_is_forgiven()
    {
        foreach (var address in FakeInternet.Hoster)
        {
            internet.Misbehave(address, (ask, query) => ask.Question.Type == DnsRecordType.NS && ask.Question.Name.ToString() == "www.acme.example"
                ? FakeInternet.Reply(query) with { ResponseCode = DnsResponseCode.NotImplemented }
                : internet.Answer(address, query));
        }

        Assert.Equal([], (await internet.AuditAsync()).Findings);
    }
}
