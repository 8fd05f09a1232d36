using HostingOps.Engine.Dns.Audit;
using HostingOps.Engine.Dns.Wire;
using static HostingOps.SiteDnsFindingCode;

namespace HostingOps.Engine.Tests.Dns.Audit;

/// <summary>Whether public resolvers have caught up with the authoritative servers.</summary>
public sealed class ResolverTests
{
    private readonly FakeInternet internet = new();

    [Theory]
    [InlineData("acme.example", "acme.example 812 A 192.0.2.200", "192.0.2.81 says 192.0.2.200, for 812 s more")]
    [InlineData("www.acme.example", "www.acme.example 90 CNAME old.example;old.example 30 A 192.0.2.200", "a CNAME to old.example, for 90 s more")]
    [InlineData("www.acme.example", "www.acme.example 900 CNAME acme.sites.example.net;acme.sites.example.net 17 A 198.51.100.7", "acme.sites.example.net is 198.51.100.7, for 17 s more")]
    public async Task A_resolver_that_still_has_the_old_answer_is_named_with_the_time_left(string name, string records, string says)
    {
        internet.Misbehave(FakeInternet.Resolver, (ask, query) => ask.Question.Name.ToString() != name ? internet.Recurse(ask, query) : FakeInternet.Reply(query) with
        {
            Answers = records.Split(';').Select(static line => line.Split(' ')).Select(static parts => new DnsResourceRecord(DnsName.Parse(parts[0]), uint.Parse(parts[1]), DnsRecordData.Parse(DnsRecordTypeText.Parse(parts[2]), parts[3]))).ToList(),
        });

        var finding = AuditAssert.Only(await internet.AuditAsync(), ResolverBehind, SiteDnsSeverity.Warning);

        Assert.Equal(name, finding.Name);
        Assert.Contains(says, finding.Seen);
        Assert.Null(finding.Request);
    }

    [Fact]
    public async Task A_resolver_that_remembers_that_there_was_nothing_is_behind_for_the_negative_TTL()
    {
        internet.Misbehave(FakeInternet.Resolver, (ask, query) => ask.Question.Name.LabelCount == 3 ? internet.Recurse(ask, query) : FakeInternet.Reply(query) with
        {
            ResponseCode = DnsResponseCode.NameError,
            Authorities = [new DnsResourceRecord(DnsName.Parse("acme.example"), 500, DnsRecordData.Parse(DnsRecordType.SOA, "a. b. 1 1 1 1 240"))],
        });

        Assert.Contains("no such name, for 240 s more", AuditAssert.Only(await internet.AuditAsync(), ResolverBehind, SiteDnsSeverity.Warning).Seen);
    }

    [Fact]
    public async Task Order_of_addresses_TTLs_and_case_do_not_matter()
    {
        internet.Site = internet.Site with { ApexRedirect = false };
        internet.Acme.Add("@ 60 A 192.0.2.200");
        internet.Misbehave(FakeInternet.Resolver, (ask, query) => Mixed(internet.Recurse(ask, query)));

        Assert.Equal([], (await internet.AuditAsync()).Findings);

        static DnsMessage Mixed(DnsMessage message) => message with
        {
            Answers = message.Answers.Reverse().Select(static record => record with { Name = DnsName.Parse(record.Name.ToString().ToUpperInvariant()), Ttl = 1 }).ToList(),
        };
    }

    [Fact]
    public async Task A_resolver_that_agrees_with_one_of_two_servers_is_not_behind()
    {
        internet.Serve(internet.Acme.Copy().Remove("@", "A").Add("@ 60 A 192.0.2.200"), FakeInternet.Hoster[1]);

        Assert.DoesNotContain((await internet.AuditAsync()).Findings, static finding => finding.Code == ResolverBehind);
    }

    [Fact]
    public async Task A_resolver_that_is_silent_is_a_warning_of_its_own()
    {
        internet.Misbehave(FakeInternet.Resolver, static (_, _) => null);

        var finding = AuditAssert.Only(await internet.AuditAsync(), ResolverSilent, SiteDnsSeverity.Warning);

        Assert.Equal([FakeInternet.Resolver], finding.SeenFrom);
        Assert.Null(finding.Request);
    }

    [Fact]
    public async Task Resolvers_are_given_by_name_address_or_port_and_one_that_is_not_found_hinders_no_other()
    {
        var audits = await internet.AuditAsync([internet.Site], new SiteDnsAuditOptions { Resolvers = ["resolver.example:5353", "192.0.2.81", "gone.example"] });

        var finding = AuditAssert.Only(Assert.Single(audits), ResolverSilent, SiteDnsSeverity.Warning);
        Assert.Contains("The resolver gone.example can't be found", finding.Seen);
        Assert.Equal(4, internet.Asked.Count(static question => question.Server == FakeInternet.Resolver && question.Ask.Recursion));
    }

    [Theory]
    [InlineData("999.1.1.1")]
    [InlineData("1.1.1.1:0")]
    [InlineData("a b")]
    [InlineData("")]
    public async Task A_text_that_is_no_resolver_is_refused(string text)
    {
        var error = await Assert.ThrowsAsync<HostingException>(() => internet.AuditAsync([internet.Site], new SiteDnsAuditOptions { Resolvers = [text] }));

        Assert.Equal(ErrorIds.InvalidArgument, error.ErrorId);
    }

    [Fact]
    public async Task Only_what_was_wanted_is_asked_of_a_resolver()
    {
        await internet.AuditAsync();

        Assert.Equal(["acme.example A", "www.acme.example A"], internet.Asked.Where(static question => question.Server == FakeInternet.Resolver).Select(static question => question.Ask.Question.ToString()).Order());
        Assert.All(internet.Asked.Where(static question => question.Server != FakeInternet.Resolver), static question => Assert.False(question.Ask.Recursion));
    }
}
