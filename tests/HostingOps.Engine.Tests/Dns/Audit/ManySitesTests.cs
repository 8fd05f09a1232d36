using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using HostingOps.Engine.Dns;
using HostingOps.Engine.Dns.Audit;
using HostingOps.Engine.Dns.Wire;

namespace HostingOps.Engine.Tests.Dns.Audit;

/// <summary>A whole fleet on common name servers.</summary>
public sealed class ManySitesTests
{
    private const int AtOnce = 6;

    [Fact]
    public async Task Five_thousand_sites_are_audited_with_few_questions_at_once_to_each_server_and_none_twice()
    {
        const int Count = 5000;
        await using var clients = new CountingServer();
        await using var ours = new CountingServer();
        var reporter = new ProgressSeen();
        var sites = Enumerable.Range(0, Count).Select(static number => TestSites.Site($"s{number}")).ToList();
        var names = new HashSet<string>();
        await foreach (var audit in Auditor(sites, clients, ours, reporter).AuditAsync(sites, new SiteDnsAuditOptions { ThrottleLimit = 64, Timeout = TimeSpan.FromSeconds(60) }, CancellationToken.None))
        {
            Assert.Equal([], audit.Findings);
            names.Add(audit.SiteName);
        }

        Assert.Equal(Count, names.Count);
        Assert.InRange(clients.MostAtOnce, 2, AtOnce);
        Assert.InRange(ours.MostAtOnce, 2, AtOnce);
        Assert.Equal([], clients.AskedTwice);
        Assert.Equal([], ours.AskedTwice);
        Assert.InRange(clients.Questions, Count * 5, Count * 12);
        Assert.InRange(ours.Questions, Count * 2, Count * 5);
        Assert.Equal((Count, Count, true), (reporter.Last!.Total, reporter.Last.Done, reporter.Last.Completed));
    }

    [Fact]
    public async Task A_stop_ends_all_questions_at_once_and_a_reader_who_leaves_stops_the_asking()
    {
        await using var clients = new CountingServer { IsSilent = true };
        await using var ours = new CountingServer();
        var sites = Enumerable.Range(0, 200).Select(static number => TestSites.Site($"s{number}")).ToList();
        using var stop = new CancellationTokenSource();
        var run = Task.Run(async () =>
        {
            // A question would wait for minutes.
            await foreach (var _ in Auditor(sites, clients, ours, SilentReporter.Instance).AuditAsync(sites, new SiteDnsAuditOptions { Timeout = TimeSpan.FromMinutes(30) }, stop.Token))
            {
            }
        });
        await clients.FirstQuestion;
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);

        clients.IsSilent = false;
        await foreach (var audit in Auditor(sites, clients, ours, SilentReporter.Instance).AuditAsync(sites, new SiteDnsAuditOptions { ThrottleLimit = 1 }, CancellationToken.None))
        {
            Assert.Equal(SiteDnsStatus.Passed, audit.Status);
            break;
        }

        // The results that wait for a reader are bounded.
        Assert.InRange(ours.Questions, 1, 100 * 5);
    }

    private static SiteDnsAuditor Auditor(IReadOnlyList<HostedSite> sites, CountingServer clients, CountingServer ours, IOperationReporter reporter) => new(
        new HostingInventory
        {
            Zone = "sites.example.net",
            Sites = sites,
            NameServers = [ours.Endpoint.ToString()],
            Apex = new ApexSettings { ElasticIp = FakeInternet.ElasticIp },
            DnsAudit = new DnsAuditSettings { Roots = [clients.Endpoint.ToString()], Port = clients.Endpoint.Port, Resolvers = [], QuestionsAtOnce = AtOnce, QuestionsPerSecond = 1_000_000 },
        },
        new DnsClient(),
        System.Net.Dns.GetHostAddressesAsync,
        new Random(1),
        reporter,
        TimeProvider.System);

    /// <summary>One server over UDP that has the registry, all clients' zones and ours, and counts.</summary>
    private sealed class CountingServer : IAsyncDisposable
    {
        private readonly Socket socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ReceiveBufferSize = 1 << 20 };
        private readonly CancellationTokenSource stopping = new();
        private readonly ConcurrentDictionary<DnsAsk, int> seen = new();
        private readonly TaskCompletionSource first = new();
        private readonly Task serving;
        private int underWay;
        private int mostAtOnce;

        public CountingServer()
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            serving = ServeAsync();
        }

        public IPEndPoint Endpoint => (IPEndPoint)socket.LocalEndPoint!;

        public bool IsSilent { get; set; }

        public int MostAtOnce => mostAtOnce;

        public int Questions => seen.Values.Sum();

        public Task FirstQuestion => first.Task;

        public IEnumerable<DnsAsk> AskedTwice => seen.Where(static entry => entry.Value > 1).Select(static entry => entry.Key);

        public async ValueTask DisposeAsync()
        {
            await stopping.CancelAsync();
            await serving;
            socket.Dispose();
            stopping.Dispose();
        }

        private async Task ServeAsync()
        {
            var buffer = new byte[4096];
            try
            {
                while (true)
                {
                    var packet = await socket.ReceiveFromAsync(buffer, new IPEndPoint(IPAddress.Any, 0), stopping.Token);
                    var query = DnsMessage.Decode(buffer.AsSpan(0, packet.ReceivedBytes));
                    seen.AddOrUpdate(new DnsAsk(query.Questions[0], Dnssec: query.Edns!.DnssecOk), 1, static (_, count) => count + 1);
                    first.TrySetResult();
                    if (!IsSilent)
                    {
                        _ = AnswerAsync(query, packet.RemoteEndPoint);
                    }
                }
            }
            catch (OperationCanceledException)
            {
                // The test is over.
            }
        }

        // On another thread, so that questions overlap as they do at a busy server.
        private async Task AnswerAsync(DnsMessage query, EndPoint asker)
        {
            var now = Interlocked.Increment(ref underWay);
            for (var most = mostAtOnce; now > most; most = mostAtOnce)
            {
                Interlocked.CompareExchange(ref mostAtOnce, now, most);
            }

            await Task.Yield();
            var answer = Answer(query).Encode();
            Interlocked.Decrement(ref underWay);
            await socket.SendToAsync(answer, asker);
        }

        private static DnsMessage Answer(DnsMessage query)
        {
            var (name, type) = (query.Questions[0].Name, query.Questions[0].Type);
            var labels = name.ToString().Split('.');
            var records = (labels, type) switch
            {
                ([_, "example"], DnsRecordType.NS) => Records(name, "NS", "ns1.nic.example.", "ns2.nic.example."),
                ([_, "example"], DnsRecordType.SOA) => Records(name, "SOA", "a. b. 1 1 1 1 60"),
                ([_, "example"], DnsRecordType.A) => Records(name, "A", FakeInternet.ElasticIp),
                (["www", _, "example"], not DnsRecordType.NS) => Records(name, "CNAME", $"{labels[1]}.sites.example.net."),
                (["ns1" or "ns2", "nic", "example"], DnsRecordType.A) => Records(name, "A", "127.0.0.1"),
                ([_, "sites", "example", "net"], DnsRecordType.A) => Records(name, "A", "203.0.113.10"),
                (["sites", "example", "net"], DnsRecordType.SOA) => Records(name, "SOA", "a. b. 1 1 1 1 60"),
                (["example"], DnsRecordType.NS) => Records(name, "NS", "ns1.nic.example."),
                _ => [],
            };
            var additional = records.Where(static record => record.Type == DnsRecordType.NS)
                .SelectMany(static record => Records(record.Data.Target!, "A", "127.0.0.1"));
            return new DnsMessage
            {
                Id = query.Id,
                IsResponse = true,
                IsAuthoritative = true,
                Questions = query.Questions,
                Answers = records,
                Additionals = [.. additional],
                Edns = new DnsEdns(),
                ResponseCode = labels[0].StartsWith("hostingops-check", StringComparison.Ordinal) ? DnsResponseCode.NameError : DnsResponseCode.NoError,
            };
        }

        private static List<DnsResourceRecord> Records(DnsName name, string type, params string[] values) =>
            values.Select(value => new DnsResourceRecord(name, 60, DnsRecordData.Parse(DnsRecordTypeText.Parse(type), value))).ToList();
    }

    private sealed class ProgressSeen : IOperationReporter
    {
        public OperationProgress? Last { get; private set; }

        public void Progress(OperationProgress progress) => Last = progress;

        public void Verbose(string message)
        {
        }

        public void Debug(string message)
        {
        }

        public void Warning(string message)
        {
        }
    }
}
