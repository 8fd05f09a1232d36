using HostingOps.Engine.Dns;
using HostingOps.Engine.Dns.Audit;
using static HostingOps.SiteDnsFindingCode;

namespace HostingOps.Engine.Tests.Dns.Audit;

/// <summary>The audit against real bind9 and knot, and a real resolver that validates.</summary>
public sealed class RealDnsTests(RealDnsWorld world) : IClassFixture<RealDnsWorld>
{
    [SkippableFact]
    public async Task A_site_that_is_signed_and_right_has_nothing_but_our_single_name_server()
    {
        var audit = await AuditAsync("good");

        Assert.Equal([(SingleServer, "sites.example.net")], audit.Findings.Select(static finding => (finding.Code, finding.Name)));
        Assert.Equal((60, 300), (audit.RecordTtl, audit.LongestTtl));
        Assert.Equal(["www.good.example", "good.sites.example.net"], audit.Chain);
    }

    [SkippableFact]
    public async Task A_wrong_DS_record_is_seen_at_the_servers_and_by_the_resolver()
    {
        var audit = await AuditAsync("wrong");

        Assert.Equal([DnssecKeyMismatch, DnssecBroken, DnssecBroken], Mine(audit));
        Assert.Contains("fails (SERVFAIL)", audit.Findings.First(static finding => finding.Code == DnssecBroken).Seen);
        Assert.Contains("wrong.example", SiteDnsMessages.For(audit)!.Body);
    }

    [SkippableFact]
    public async Task Signatures_that_are_over_are_seen_at_the_servers_and_by_the_resolver()
    {
        var audit = await AuditAsync("old");

        Assert.Equal([DnssecExpired, DnssecBroken, DnssecBroken], Mine(audit));
        Assert.Equal(
            [$"ns1.hoster.example ({RealDnsWorld.Hoster1}:{world.Port})", $"ns2.hoster.example ({RealDnsWorld.Hoster2}:{world.Port})"],
            audit.Findings.First(static finding => finding.Code == DnssecExpired).SeenFrom.Order());
    }

    [SkippableFact]
    public async Task Signatures_that_are_nearly_over_are_a_warning_and_the_resolver_still_believes_them()
    {
        Assert.Equal([DnssecExpiring], Mine(await AuditAsync("soon")));
    }

    [SkippableFact]
    public async Task Bind_and_knot_with_different_zones_do_not_agree()
    {
        var audit = await AuditAsync("plain");

        Assert.Equal([AddressElsewhere, ServersDisagree], Mine(audit).Where(static code => code != ResolverBehind));
        Assert.Contains("has version 6", audit.Findings.First(static finding => finding.Code == ServersDisagree).Request);
    }

    [SkippableFact]
    public async Task A_knot_that_does_not_have_the_zone_is_lame()
    {
        var audit = await AuditAsync("lame");

        Assert.Equal([ServerLame], Mine(audit));
        Assert.Contains("REFUSED", audit.Findings.First(static finding => finding.Code == ServerLame).Seen);
    }

    [SkippableFact]
    public async Task A_domain_that_a_real_registry_does_not_know()
    {
        var audit = await AuditAsync("nobody");

        Assert.Equal(DomainMissing, audit.Findings[0].Code);
        Assert.Equal([$"a.nic.example ({RealDnsWorld.Registry}:{world.Port})"], audit.Findings[0].SeenFrom);
    }

    private static IEnumerable<SiteDnsFindingCode> Mine(SiteDnsAudit audit) =>
        audit.Findings.Where(static finding => finding.Name != "sites.example.net").Select(static finding => finding.Code);

    private async Task<SiteDnsAudit> AuditAsync(string name)
    {
        if (world.Missing is { } reason)
        {
            throw reason;
        }

        var site = TestSites.Site(name);
        var inventory = new HostingInventory
        {
            Zone = "sites.example.net",
            Sites = [site],
            Apex = new ApexSettings { ElasticIp = FakeInternet.ElasticIp },
            DnsAudit = new DnsAuditSettings
            {
                Resolvers = [$"{RealDnsWorld.Resolver}:{world.Port}"],
                Roots = [$"{RealDnsWorld.Root}:{world.Port}"],
                Port = world.Port,
                QuestionsPerSecond = 1000,
            },
        };
        var auditor = new SiteDnsAuditor(inventory, new DnsClient(), System.Net.Dns.GetHostAddressesAsync, new Random(1), SilentReporter.Instance, TimeProvider.System);
        await foreach (var audit in auditor.AuditAsync([site], new SiteDnsAuditOptions { Timeout = TimeSpan.FromSeconds(20) }, CancellationToken.None))
        {
            return audit;
        }

        throw new InvalidOperationException("There was no audit.");
    }
}
