using System.Net;
using HostingOps.Engine.Dns;
using HostingOps.Engine.Dns.Wire;
using HostingOps.Sandbox.Tests.World;
using HostingOps.Testing;
using static HostingOps.Sandbox.Tests.Route53.RawRoute53;

namespace HostingOps.Sandbox.Tests.Route53;

public sealed class What_the_name_servers_serve
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_change_is_served_once_it_is_INSYNC_and_listed_at_once()
    {
        var clock = new ManualTimeProvider();
        var options = QuickSandbox.Options with
        {
            TimeProvider = clock,
            Timings = QuickSandbox.Options.Timings with { Propagation = TimeSpan.FromSeconds(20) },
        };
        await using var sandbox = await QuickSandbox.StartAsync(SampleInventory.Create(), options);
        using var route53 = new RawRoute53(sandbox.EndpointUrl, sandbox.ZoneId);
        var (_, change) = await route53.ChangeAsync(
            Change("DELETE", "bakery.sites.example.net", "A", "198.51.100.7"),
            Change("CREATE", "bakery.sites.example.net", "A", "203.0.113.10"));
        var statusPath = "/2013-04-01" + Text(change, "Id");

        clock.Advance(TimeSpan.FromSeconds(19));
        Assert.Equal("PENDING", Text((await route53.SendAsync(HttpMethod.Get, statusPath, null)).Body, "Status"));
        Assert.Equal("203.0.113.10", Text((await route53.ListAsync("?name=bakery.sites.example.net&type=A")).Body, "Value"));
        Assert.Equal(["198.51.100.7"], await AskAsync(sandbox, "bakery.sites.example.net", DnsRecordType.A));

        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("INSYNC", Text((await route53.SendAsync(HttpMethod.Get, statusPath, null)).Body, "Status"));
        Assert.Equal(["203.0.113.10"], await AskAsync(sandbox, "bakery.sites.example.net", DnsRecordType.A));
    }

    [Fact]
    public async Task Aliases_wildcards_and_routing_policies_are_answered_as_Route_53_would()
    {
        var options = QuickSandbox.Options with { Timings = QuickSandbox.Options.Timings with { Propagation = TimeSpan.Zero } };
        await using var sandbox = await QuickSandbox.StartAsync(SampleInventory.Create(), options);
        using var route53 = new RawRoute53(sandbox.EndpointUrl, sandbox.ZoneId);
        var alias = $"<AliasTarget><HostedZoneId>{sandbox.ZoneId}</HostedZoneId><DNSName>acme.sites.example.net</DNSName><EvaluateTargetHealth>false</EvaluateTargetHealth></AliasTarget>";
        var (status, body) = await route53.ChangeAsync(
            Change("CREATE", "alias.sites.example.net", "A", null, null, alias),
            Change("CREATE", "*.sites.example.net", "A", "192.0.2.5"),
            Change("CREATE", "f.sites.example.net", "A", "192.0.2.1", 60, "<SetIdentifier>1</SetIdentifier><Failover>PRIMARY</Failover>"),
            Change("CREATE", "f.sites.example.net", "A", "192.0.2.2", 60, "<SetIdentifier>2</SetIdentifier><Failover>SECONDARY</Failover>"),
            Change("CREATE", "w.sites.example.net", "A", "192.0.2.3", 60, "<SetIdentifier>1</SetIdentifier><Weight>1</Weight>"),
            Change("CREATE", "w.sites.example.net", "A", "192.0.2.4", 60, "<SetIdentifier>2</SetIdentifier><Weight>9</Weight>"));
        Assert.True(status == HttpStatusCode.OK, body.ToString());
        Assert.Equal(["203.0.113.10"], await AskAsync(sandbox, "alias.sites.example.net", DnsRecordType.A));
        Assert.Equal(["192.0.2.5"], await AskAsync(sandbox, "anything.sites.example.net", DnsRecordType.A));
        Assert.Equal(["192.0.2.1"], await AskAsync(sandbox, "f.sites.example.net", DnsRecordType.A));
        Assert.Equal(["192.0.2.4"], await AskAsync(sandbox, "w.sites.example.net", DnsRecordType.A));

        var missing = await route53.ChangeAsync(Change("CREATE", "b.sites.example.net", "A", null, null, alias.Replace("acme.", "nowhere.")));
        Assert.Contains("but that target was not found", Text(missing.Body, "Message"));
    }

    private static async Task<IReadOnlyList<string>> AskAsync(RehearsalSandbox sandbox, string name, DnsRecordType type)
    {
        var answer = await new DnsClient().QueryAsync(IPEndPoint.Parse(sandbox.NameServer), name, type, Patience, CancellationToken.None);
        return answer.Answers.Select(record => record.Data.ToString()).ToList();
    }
}
