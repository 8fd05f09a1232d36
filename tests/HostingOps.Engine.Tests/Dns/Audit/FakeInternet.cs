using System.Collections.Concurrent;
using System.Net;
using HostingOps.Engine.Dns;
using HostingOps.Engine.Dns.Audit;
using HostingOps.Engine.Dns.Wire;

namespace HostingOps.Engine.Tests.Dns.Audit;

/// <summary>
/// A small Internet in memory in which acme.example is as it should be: a root, two registries, the client's hoster with two
/// name servers, our zone on two more, and a public resolver. Tests break it.
/// </summary>
internal sealed class FakeInternet : IDnsExchange
{
    public const string Root = "192.0.2.1";
    public const string Registry = "192.0.2.2";
    public const string Agency = "192.0.2.21";
    public const string Resolver = "192.0.2.81";
    public const string ElasticIp = "198.51.100.99";
    public static readonly string[] Hoster = ["192.0.2.11", "192.0.2.12"];
    public static readonly string[] Ours = ["192.0.2.31", "192.0.2.32"];

    private readonly Dictionary<string, List<FakeZone>> servers = [];
    private readonly Dictionary<string, Func<DnsAsk, DnsMessage, DnsMessage?>> manners = [];

    public FakeInternet()
    {
        Serve(new FakeZone(".").Add("@ 60 SOA a. b. 1 1 1 1 60", "example 60 NS a.nic.example", "a.nic.example 60 A " + Registry, "net 60 NS a.nic.example"), Root);
        Serve(Example, Registry);
        Serve(new FakeZone("net").Add("@ 60 SOA a. b. 1 1 1 1 60", "example 60 NS ns.example.net", "ns.example 60 A " + Agency), Registry);
        Serve(
            new FakeZone("example.net").Add(
                "@ 60 SOA a. b. 1 1 1 1 60", "@ 60 NS ns", "ns 60 A " + Agency, "sites 60 NS ns-1.example.net", "sites 60 NS ns-2.example.net", "ns-1 60 A " + Ours[0], "ns-2 60 A " + Ours[1]),
            Agency);
        Serve(Sites, Ours);
        Serve(new FakeZone("hoster.example").Add("@ 60 SOA a. b. 1 1 1 1 60", "@ 60 NS ns1.hoster.example", "@ 60 NS ns2.hoster.example", "ns1 60 A " + Hoster[0], "ns2 60 A " + Hoster[1]), Hoster);
        Serve(Acme, Hoster);
        Misbehave(Resolver, (ask, query) => Recurse(ask, query));
    }

    /// <summary>The registry's zone.</summary>
    public FakeZone Example { get; } = new FakeZone("example").Add(
        "@ 60 SOA a. b. 1 1 1 1 60", "@ 60 NS a.nic.example", "a.nic 60 A " + Registry,
        "hoster 60 NS ns1.hoster.example", "hoster 60 NS ns2.hoster.example", "ns1.hoster 60 A " + Hoster[0], "ns2.hoster 60 A " + Hoster[1],
        "acme 60 NS ns1.hoster.example", "acme 60 NS ns2.hoster.example");

    /// <summary>The client's zone.</summary>
    public FakeZone Acme { get; } = new FakeZone("acme.example").Add(
        "@ 3600 SOA ns1.hoster.example hostmaster.hoster.example 2026030101 1 1 1 300", "@ 3600 NS ns1.hoster.example", "@ 3600 NS ns2.hoster.example",
        "@ 3600 A " + ElasticIp, "www 3600 CNAME acme.sites.example.net");

    /// <summary>Our zone.</summary>
    public FakeZone Sites { get; } = new FakeZone("sites.example.net").Add(
        "@ 900 SOA ns-1.example.net a. 1 1 1 1 60", "@ 900 NS ns-1.example.net", "@ 900 NS ns-2.example.net", "acme 60 A 203.0.113.10");

    /// <summary>Every question, in order.</summary>
    public ConcurrentQueue<(string Server, DnsAsk Ask)> Asked { get; } = new();

    public DateTimeOffset Now { get; } = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public DnsAuditSettings Settings { get; set; } = new() { Resolvers = [Resolver], Roots = [Root], QuestionsPerSecond = 1000 };

    public ApexSettings? Apex { get; set; } = new() { ElasticIp = ElasticIp };

    public HostedSite Site { get; set; } = TestSites.Acme();

    /// <summary>Lets servers have a zone, besides or in place of the one they have.</summary>
    public void Serve(FakeZone zone, params string[] addresses)
    {
        foreach (var address in addresses)
        {
            servers.TryAdd(address, []);
            servers[address].RemoveAll(other => other.Name.Equals(zone.Name));
            servers[address].Add(zone);
        }
    }

    /// <summary>Takes a zone away from servers.</summary>
    public void Forget(string zone, params string[] addresses) =>
        addresses.ToList().ForEach(address => servers[address].RemoveAll(other => other.Name.Equals(DnsName.Parse(zone))));

    /// <summary>Lets a server answer in its own way; null is silence.</summary>
    public void Misbehave(string address, Func<DnsAsk, DnsMessage, DnsMessage?> manner) => manners[address] = manner;

    public async Task<SiteDnsAudit> AuditAsync() => Assert.Single(await AuditAsync([Site], new SiteDnsAuditOptions()));

    public async Task<List<SiteDnsAudit>> AuditAsync(IReadOnlyList<HostedSite> sites, SiteDnsAuditOptions options, CancellationToken cancellationToken = default)
    {
        var audits = new List<SiteDnsAudit>();
        await foreach (var audit in Auditor().AuditAsync(sites, options, cancellationToken))
        {
            audits.Add(audit);
        }

        return audits;
    }

    public SiteDnsAuditor Auditor() => new(
        new HostingInventory { Zone = "sites.example.net", Sites = [Site], Apex = Apex, DnsAudit = Settings },
        this,
        static (name, _) => name == "resolver.example" ? Task.FromResult<IPAddress[]>([IPAddress.Parse(Resolver)]) : throw new System.Net.Sockets.SocketException(11001),
        new Random(1),
        SilentReporter.Instance,
        new FixedTime(Now));

    public Task<DnsMessage> QueryAsync(IPEndPoint server, DnsAsk ask, TimeSpan timeout, CancellationToken cancellationToken)
    {
        Asked.Enqueue((server.Address.ToString(), ask));
        var query = new DnsMessage { Id = 1, Questions = [ask.Question], RecursionDesired = ask.Recursion, CheckingDisabled = ask.CheckingDisabled, Edns = new DnsEdns { DnssecOk = ask.Dnssec } };
        var answer = manners.TryGetValue(server.Address.ToString(), out var manner) ? manner(ask, query) : Answer(server.Address.ToString(), query);
        return answer is not null ? Task.FromResult(answer) : throw new HostingException(ErrorIds.DnsQueryFailed, HostingErrorCategory.OperationTimeout, server, "silence");
    }

    /// <summary>What a well-behaved server answers.</summary>
    public DnsMessage Answer(string address, DnsMessage query)
    {
        var zone = servers.GetValueOrDefault(address, [])
            .Where(zone => query.Questions[0].Name.IsAtOrBelow(zone.Name) && !(query.Questions[0].Type == DnsRecordType.DS && query.Questions[0].Name.Equals(zone.Name)))
            .MaxBy(static zone => zone.Name.LabelCount);
        return zone?.Answer(query) ?? Reply(query) with { ResponseCode = DnsResponseCode.Refused };
    }

    public static DnsMessage Reply(DnsMessage query) => new() { Id = query.Id, IsResponse = true, Questions = query.Questions, Edns = new DnsEdns() };

    /// <summary>What a resolver answers that has asked just now: each name of the chain from the zone that has it.</summary>
    public DnsMessage Recurse(DnsAsk ask, DnsMessage query)
    {
        var answers = new List<DnsResourceRecord>();
        var at = ask.Question.Name;
        while (true)
        {
            var zone = servers.Values.SelectMany(static zones => zones).Where(zone => at.IsAtOrBelow(zone.Name)).MaxBy(static zone => zone.Name.LabelCount)!;
            var found = zone.Answer(query with { Questions = [ask.Question with { Name = at }] });
            answers.AddRange(found.Answers);
            if (found.Answers.FirstOrDefault(static record => record.Type == DnsRecordType.CNAME) is not { } alias || answers.Count > 20)
            {
                return Reply(query) with { RecursionAvailable = true, ResponseCode = found.ResponseCode, Answers = answers, Authorities = found.Authorities };
            }

            at = alias.Data.Target!;
        }
    }

    private sealed class FixedTime(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
