using HostingOps.Engine.Dns.Wire;
using static HostingOps.SiteDnsFindingCode;

namespace HostingOps.Engine.Tests.Dns.Audit;

/// <summary>Each thing that can be wrong with a site's DNS, in a small Internet in which nothing else is.</summary>
public sealed class SiteDnsAuditTests
{
    private readonly FakeInternet internet = new();

    [Fact]
    public async Task A_site_whose_DNS_is_right_passes_with_its_chain_and_switch_times()
    {
        var audit = await internet.AuditAsync();

        Assert.Equal([], audit.Findings.Select(static finding => finding.ToString()));
        Assert.Equal(SiteDnsStatus.Passed, audit.Status);
        Assert.Equal(["www.acme.example", "acme.sites.example.net"], audit.Chain);
        Assert.Equal(["203.0.113.10"], audit.Addresses);
        Assert.Equal((60, 3600), (audit.RecordTtl, audit.LongestTtl));
        Assert.Equal((TimeSpan.FromSeconds(60), TimeSpan.FromHours(1)), (audit.SwitchTime, audit.WorstCaseSwitchTime));
        Assert.Equal(internet.Now, audit.CheckedAt);
    }

    [Fact]
    public async Task Www_with_a_hosts_own_address_works_today_and_follows_no_failover()
    {
        internet.Acme.Remove("www").Add("www 300 A 203.0.113.10");

        var audit = await internet.AuditAsync();

        var finding = AuditAssert.Only(audit, WwwFixedAddress, SiteDnsSeverity.Error);
        Assert.Equal("www.acme.example", finding.Name);
        Assert.Contains("203.0.113.10", finding.Seen);
        Assert.Contains("works today, and does not follow a failover", finding.Seen);
        Assert.Equal(["ns1.hoster.example (192.0.2.11)", "ns2.hoster.example (192.0.2.12)"], finding.SeenFrom);
        Assert.EndsWith("\n\n    www.acme.example.  3600  IN  CNAME  acme.sites.example.net.", finding.Request);
        Assert.Null(audit.SwitchTime);
        Assert.Null(audit.WorstCaseSwitchTime);
        Assert.Equal(SiteDnsStatus.Failed, audit.Status);
    }

    [Theory]
    [InlineData("www 300 A 192.0.2.200", "none of the site's")]
    [InlineData("www 300 A 198.51.100.99", "back to www.acme.example for ever")]
    [InlineData("www 300 AAAA 2001:db8::77", "2001:db8::77")]
    [InlineData("www 300 CNAME other.hoster.example", "a CNAME to other.hoster.example")]
    public async Task Www_that_leads_elsewhere(string record, string says)
    {
        internet.Acme.Remove("www").Add(record);
        internet.Serve(new FakeZone("hoster.example").Add("@ 60 SOA a. b. 1 1 1 1 60", "@ 60 NS ns1.hoster.example", "@ 60 NS ns2.hoster.example", "ns1 60 A 192.0.2.11", "ns2 60 A 192.0.2.12", "other 60 A 192.0.2.200"), FakeInternet.Hoster);

        Assert.Contains(says, AuditAssert.Only(await internet.AuditAsync(), WwwElsewhere, SiteDnsSeverity.Error).Seen);
    }

    [Fact]
    public async Task Www_that_is_missing_while_the_apex_is_fine()
    {
        internet.Acme.Remove("www");

        var finding = AuditAssert.Only(await internet.AuditAsync(), WwwMissing, SiteDnsSeverity.Error);

        Assert.Contains("does not exist", finding.Seen);
        Assert.StartsWith("Please add this record", finding.Request);
    }

    [Fact]
    public async Task A_CNAME_at_the_apex_is_refused_whatever_it_leads_to()
    {
        internet.Acme.Remove("@", "A").Add("@ 300 CNAME www.acme.example");

        var finding = AuditAssert.Only(await internet.AuditAsync(), ApexCname, SiteDnsSeverity.Error);

        Assert.Equal("acme.example", finding.Name);
        Assert.Contains("acme.example.  3600  IN  A  198.51.100.99", finding.Request);
    }

    [Fact]
    public async Task A_CNAME_at_a_name_that_is_no_apex_may_be_and_is_followed()
    {
        internet.Site = internet.Site with { Aliases = ["shop.acme.example"] };
        internet.Acme.Add("shop 300 CNAME acme.example");
        Assert.Equal([], (await internet.AuditAsync()).Findings);

        internet.Acme.Remove("shop").Add("shop 300 CNAME elsewhere.acme.example", "elsewhere 300 A 192.0.2.200");
        Assert.Equal("shop.acme.example", AuditAssert.Only(await internet.AuditAsync(), AddressElsewhere, SiteDnsSeverity.Error).Name);
    }

    [Theory]
    [InlineData("@ 3600 A 192.0.2.200", "The A record of acme.example is 192.0.2.200.")]
    [InlineData("@ 3600 A 192.0.2.200;@ 3600 A 198.51.100.99", "lead some visitors to 192.0.2.200 besides 198.51.100.99")]
    public async Task A_bare_domain_that_leads_elsewhere(string records, string says)
    {
        internet.Acme.Remove("@", "A").Add(records.Split(';'));

        var finding = AuditAssert.Only(await internet.AuditAsync(), AddressElsewhere, SiteDnsSeverity.Error);

        Assert.Contains(says, finding.Seen);
        Assert.Contains("Please remove the A record 192.0.2.200", finding.Request);
        Assert.Contains("acme.example.  3600  IN  A  198.51.100.99", finding.Request);
    }

    [Fact]
    public async Task An_alias_without_address()
    {
        internet.Site = internet.Site with { Aliases = ["alias.acme.example"] };

        var finding = AuditAssert.Only(await internet.AuditAsync(), AddressMissing, SiteDnsSeverity.Error);

        Assert.Equal("alias.acme.example", finding.Name);
        Assert.Contains("alias.acme.example.  3600  IN  A  198.51.100.99", finding.Request);
    }

    [Fact]
    public async Task The_www_of_an_alias_counts_when_the_redirector_answers_for_it()
    {
        internet.Site = internet.Site with { Aliases = ["alias.acme.example"] };
        internet.Acme.Add("alias 60 A 198.51.100.99");
        Assert.Equal([], (await internet.AuditAsync()).Findings);

        internet.Apex = internet.Apex! with { Redirect = new ApexRedirectSettings { WwwAliases = true } };
        Assert.Equal("www.alias.acme.example", AuditAssert.Only(await internet.AuditAsync(), AddressMissing, SiteDnsSeverity.Error).Name);
    }

    [Fact]
    public async Task A_bare_domain_that_is_served_elsewhere_may_lead_anywhere()
    {
        internet.Acme.Remove("@", "A").Add("@ 60 A 192.0.2.200");
        internet.Site = internet.Site with { ApexRedirect = false };

        Assert.Equal([], (await internet.AuditAsync()).Findings);
    }

    [Fact]
    public async Task IPv6_at_the_apex_is_ours_or_there_is_none()
    {
        internet.Acme.Add("@ 60 AAAA 2001:db8::1");
        Assert.Contains("no IPv6 address to put in its place", AuditAssert.Only(await internet.AuditAsync(), AddressV6Elsewhere, SiteDnsSeverity.Error).Request);

        internet.Apex = internet.Apex! with { ElasticIpV6 = "2001:db8::99" };
        Assert.Contains("acme.example.  3600  IN  AAAA  2001:db8::99", AuditAssert.Only(await internet.AuditAsync(), AddressV6Elsewhere, SiteDnsSeverity.Error).Request);

        internet.Acme.Remove("@", "AAAA");
        AuditAssert.Only(await internet.AuditAsync(), AddressV6Missing, SiteDnsSeverity.Warning);

        internet.Acme.Add("@ 60 AAAA 2001:DB8:0::99");
        Assert.Equal([], (await internet.AuditAsync()).Findings);
    }

    [Fact]
    public async Task Two_hops_are_well_and_three_are_too_many()
    {
        internet.Acme.Remove("www").Add("www 300 CNAME web.acme.example", "web 300 CNAME acme.sites.example.net");
        Assert.Equal([], (await internet.AuditAsync()).Findings);

        internet.Acme.Remove("web").Add("web 300 CNAME web2.acme.example", "web2 300 CNAME acme.sites.example.net");
        var audit = await internet.AuditAsync();
        Assert.Contains("over 3 hops: www.acme.example -> web.acme.example -> web2.acme.example -> acme.sites.example.net", AuditAssert.Only(audit, ChainTooLong, SiteDnsSeverity.Warning).Seen);
        Assert.Equal(300, audit.LongestTtl);
        Assert.Contains("www.acme.example.  3600  IN  CNAME  acme.sites.example.net.", audit.Findings[0].Request);
    }

    [Fact]
    public async Task A_circle_of_CNAMEs_ends()
    {
        internet.Acme.Remove("www").Add("www 300 CNAME a.acme.example", "a 300 CNAME www.acme.example");

        var audit = await internet.AuditAsync();

        Assert.Equal([WwwElsewhere, ChainLoop], audit.Findings.Select(static finding => finding.Code));
    }

    [Fact]
    public async Task A_chain_whose_next_zone_is_silent_is_not_known_and_nobody_is_asked_to_mend_it()
    {
        internet.Settings = internet.Settings with { Resolvers = [] };
        internet.Example.Add("cdn 60 NS ns.cdn.example", "ns.cdn 60 A 192.0.2.99");
        internet.Misbehave("192.0.2.99", static (_, _) => null);
        internet.Acme.Remove("www").Add("www 300 CNAME web.cdn.example");

        var audit = await internet.AuditAsync();

        Assert.Contains(audit.Findings, static finding => finding is { Code: NotKnown, Name: "www.acme.example" });
        Assert.All(audit.Findings, static finding => Assert.Equal((SiteDnsSeverity.Unknown, null), (finding.Severity, finding.Request)));
    }

    [Fact]
    public async Task A_CNAME_to_nowhere_dangles()
    {
        internet.Acme.Remove("www").Add("www 300 CNAME old.acme.example");

        var audit = await internet.AuditAsync();

        Assert.Equal([WwwElsewhere, ChainDangling], audit.Findings.Select(static finding => finding.Code));
        Assert.Contains("old.acme.example, which has no address", audit.Findings[1].Seen);
    }

    [Fact]
    public async Task Our_own_record_is_judged_and_nobody_is_asked_to_mend_it()
    {
        internet.Sites.Remove("acme");
        var audit = await internet.AuditAsync();
        Assert.Null(AuditAssert.Only(audit, RecordMissing, SiteDnsSeverity.Error).Request);
        Assert.Null(audit.RecordTtl);

        internet.Sites.Add("acme 60 A 192.0.2.200");
        Assert.Null(AuditAssert.Only(await internet.AuditAsync(), RecordElsewhere, SiteDnsSeverity.Error).Request);

        internet.Sites.Remove("acme").Add("acme 3600 A 198.51.100.7");
        var slow = AuditAssert.Only(await internet.AuditAsync(), SiteDnsFindingCode.RecordTtl, SiteDnsSeverity.Warning);
        Assert.Contains("a TTL of 3600 s, and the inventory has 60 s", slow.Seen);
    }

    [Fact]
    public async Task A_switch_that_takes_longer_than_wanted_names_the_record_that_holds_it_up()
    {
        internet.Settings = internet.Settings with { MaxSwitchTime = TimeSpan.FromMinutes(10) };

        var audit = await internet.AuditAsync();

        var finding = AuditAssert.Only(audit, SwitchTooSlow, SiteDnsSeverity.Warning);
        Assert.Equal("www.acme.example", finding.Name);
        Assert.Contains("3600 s", finding.Seen);
        Assert.Contains("www.acme.example.  600  IN  CNAME  acme.sites.example.net.", finding.Request);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task The_longest_TTL_is_that_of_any_server(int which)
    {
        internet.Serve(internet.Acme.Copy().Remove("www").Add("www 7200 CNAME acme.sites.example.net"), FakeInternet.Hoster[which]);

        Assert.Equal(7200, (await internet.AuditAsync()).LongestTtl);
    }

    [Fact]
    public async Task Servers_that_do_not_agree_are_told_apart()
    {
        internet.Serve(internet.Acme.Copy().Remove("@", "A").Add("@ 60 A 192.0.2.200").Remove("@", "SOA").Add("@ 60 SOA a. b. 2026022801 1 1 1 300"), FakeInternet.Hoster[1]);

        var audit = await internet.AuditAsync();

        var disagree = Assert.Single(audit.Findings, static finding => finding.Code == ServersDisagree);
        Assert.Contains("ns1.hoster.example (192.0.2.11) says 198.51.100.99; ns2.hoster.example (192.0.2.12) says 192.0.2.200", disagree.Seen);
        Assert.Contains("ns2.hoster.example (192.0.2.12) has version 2026022801", disagree.Request);
        Assert.Equal(["ns2.hoster.example (192.0.2.12)"], Assert.Single(audit.Findings, static finding => finding.Code == AddressElsewhere).SeenFrom);
    }

    [Fact]
    public async Task Different_versions_with_the_same_answers_are_a_warning()
    {
        internet.Serve(internet.Acme.Copy().Remove("@", "SOA").Add("@ 60 SOA a. b. 2026022801 1 1 1 300"), FakeInternet.Hoster[1]);

        AuditAssert.Only(await internet.AuditAsync(), SerialsDiffer, SiteDnsSeverity.Warning);
    }

    [Fact]
    public async Task A_wildcard_is_told_and_asks_for_nothing()
    {
        internet.Acme.Add("* 60 CNAME acme.sites.example.net");

        var audit = await internet.AuditAsync();

        Assert.Null(AuditAssert.Only(audit, Wildcard, SiteDnsSeverity.Information).Request);
        Assert.Equal(SiteDnsStatus.Passed, audit.Status);
    }
}
