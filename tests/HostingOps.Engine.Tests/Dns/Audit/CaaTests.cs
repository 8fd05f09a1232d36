using HostingOps.Engine.Dns.Audit.Rules;
using HostingOps.Engine.Dns.Audit.Views;
using HostingOps.Engine.Dns.Wire;
using static HostingOps.SiteDnsFindingCode;

namespace HostingOps.Engine.Tests.Dns.Audit;

/// <summary>CAA records as RFC 8659 has them.</summary>
public sealed class CaaTests
{
    private readonly FakeInternet internet = new();

    [Theory]
    [InlineData("", false, true)]
    [InlineData("0 issue letsencrypt.org", false, true)]
    [InlineData("0 issue LetsEncrypt.ORG ; validationmethods=http-01", false, true)]
    [InlineData("0 issue other.example", false, false)]
    [InlineData("0 issue other.example|0 issue letsencrypt.org", false, true)]
    [InlineData("0 issue ;", false, false)]
    [InlineData("0 issue ", false, false)]
    [InlineData("0 iodef mailto:a@example", false, true)]
    [InlineData("0 issuewild other.example", false, true)]
    [InlineData("0 issuewild other.example", true, false)]
    [InlineData("0 issue other.example|0 issuewild letsencrypt.org", false, false)]
    [InlineData("0 issue letsencrypt.org", true, true)]
    [InlineData("0 issue letsencrypt.org|0 issuewild ;", false, true)]
    [InlineData("0 issue letsencrypt.org|0 issuewild ;", true, false)]
    [InlineData("0 issue letsencrypt.org.evil.example", false, false)]
    public void Who_may_issue(string records, bool wildcard, bool may)
    {
        var properties = records.Split('|', StringSplitOptions.RemoveEmptyEntries).Select(static text => text.Split(' ', 3)).Select(static parts => new CaaProperty(parts[0] == "128", parts[1], parts[2])).ToList();

        Assert.Equal(may, CaaRules.Allows(properties, ["letsencrypt.org"], wildcard));
        Assert.Equal(may, CaaRules.Allows(properties, ["none.example", "letsencrypt.org."], wildcard));
    }

    [Fact]
    public async Task Records_at_the_domain_hold_for_www_that_is_a_CNAME_and_are_told_once()
    {
        internet.Acme.Add("@ 60 CAA 0 issue \"other.example\"");

        var finding = AuditAssert.Only(await internet.AuditAsync(), CaaForbids, SiteDnsSeverity.Error);

        Assert.Equal("acme.example", finding.Name);
        Assert.Contains("0 issue \"other.example\"", finding.Seen);
        Assert.EndsWith("    acme.example.  3600  IN  CAA  0 issue \"letsencrypt.org\"", finding.Request);
    }

    [Fact]
    public async Task Records_at_the_end_of_the_CNAME_go_before_those_above_the_name()
    {
        internet.Acme.Add("@ 60 CAA 0 issue \"letsencrypt.org\"");
        internet.Sites.Add("acme 60 CAA 0 issue \";\"");

        var finding = AuditAssert.Only(await internet.AuditAsync(), CaaForbids, SiteDnsSeverity.Error);

        Assert.Equal("acme.sites.example.net", finding.Name);
        Assert.Null(finding.Request);
    }

    [Theory]
    [InlineData("shop.hoster.example", false)]
    [InlineData("web.acme.example", true)]
    public async Task Records_behind_a_CNAME_are_asked_of_the_client_only_where_they_are_its_own(string target, bool mayAsk)
    {
        internet.Site = internet.Site with { Aliases = ["shop.acme.example"] };
        internet.Acme.Add($"shop 60 CNAME {target}", "web 60 A " + FakeInternet.ElasticIp, "web 60 CAA 0 issue \"other.example\"");
        internet.Serve(
            new FakeZone("hoster.example").Add(
                "@ 60 SOA a. b. 1 1 1 1 60", "ns1 60 A " + FakeInternet.Hoster[0], "ns2 60 A " + FakeInternet.Hoster[1], "shop 60 A " + FakeInternet.ElasticIp, "shop 60 CAA 0 issue \"other.example\""),
            FakeInternet.Hoster);

        var finding = AuditAssert.Only(await internet.AuditAsync(), CaaForbids, SiteDnsSeverity.Error);

        Assert.Equal((target, mayAsk), (finding.Name, finding.Request is not null));
    }

    [Fact]
    public async Task What_stands_above_the_CNAMEs_target_does_not_count()
    {
        internet.Sites.Add("@ 60 CAA 0 issue \";\"");

        Assert.Equal([], (await internet.AuditAsync()).Findings);
    }

    [Fact]
    public async Task A_registry_may_have_records_too_and_the_nearest_ones_count()
    {
        internet.Example.Add("@ 60 CAA 0 issue \"other.example\"");
        Assert.Null(AuditAssert.Only(await internet.AuditAsync(), CaaForbids, SiteDnsSeverity.Error).Request);

        internet.Acme.Add("@ 60 CAA 0 iodef \"mailto:security@acme.example\"");
        Assert.Equal([], (await internet.AuditAsync()).Findings);
    }

    [Fact]
    public async Task A_critical_record_of_an_unknown_kind_forbids_all()
    {
        internet.Acme.Add("@ 60 CAA 128 tbs \"Unknown\"", "@ 60 CAA 0 issue \"letsencrypt.org\"");

        Assert.Contains("128 tbs \"Unknown\"", AuditAssert.Only(await internet.AuditAsync(), CaaCritical, SiteDnsSeverity.Error).Request);

        internet.Acme.Remove("@", "CAA").Add("@ 60 CAA 128 issue \"letsencrypt.org\"", "@ 60 CAA 0 tbs \"Unknown\"");
        Assert.Equal([], (await internet.AuditAsync()).Findings);
    }

    [Fact]
    public async Task A_condition_is_a_warning_unless_another_record_has_none()
    {
        internet.Acme.Add("@ 60 CAA 0 issue \"letsencrypt.org; accounturi=https://acme.example/1\"");
        AuditAssert.Only(await internet.AuditAsync(), CaaRestricted, SiteDnsSeverity.Warning);

        internet.Acme.Add("@ 60 CAA 0 issue \"letsencrypt.org\"");
        Assert.Equal([], (await internet.AuditAsync()).Findings);
    }

    [Fact]
    public async Task A_server_that_can_not_be_asked_for_CAA_is_an_unknown()
    {
        foreach (var address in FakeInternet.Hoster)
        {
            internet.Misbehave(address, (ask, query) => ask.Question.Type == DnsRecordType.CAA ? FakeInternet.Reply(query) with { ResponseCode = DnsResponseCode.ServerFailure } : internet.Answer(address, query));
        }

        var audit = await internet.AuditAsync();

        Assert.All(audit.Findings, static finding => Assert.Equal((CaaUnknown, SiteDnsSeverity.Unknown), (finding.Code, finding.Severity)));
        Assert.Equal(SiteDnsStatus.Unknown, audit.Status);
    }

    [Fact]
    public async Task Other_authorities_can_be_ours()
    {
        internet.Acme.Add("@ 60 CAA 0 issue \"pki.example\"");

        var audits = await internet.AuditAsync([internet.Site], new() { CertificateAuthorities = ["pki.example"] });

        Assert.Equal([], Assert.Single(audits).Findings);
    }
}
