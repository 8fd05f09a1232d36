using System.Net;
using System.Net.Sockets;
using System.Text;
using HostingOps.Engine.Health;
using HostingOps.Engine.Tests.Health;
using HostingOps.Engine.Watch;
using HostingOps.Engine.Watch.Checking;
using HostingOps.Testing;

namespace HostingOps.Engine.Tests.Watch.Watching;

public sealed class PinnedCheckTests : IDisposable
{
    private const string Ok = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n";

    private static readonly HealthCheckPolicy Short = new() { Scheme = "http", Interval = TimeSpan.FromSeconds(5), Timeout = TimeSpan.FromSeconds(10) };

    private readonly List<IDisposable> owned = [];

    public void Dispose() => owned.ForEach(static one => one.Dispose());

    [Fact]
    public async Task A_short_interval_asks_by_HEAD_on_one_kept_connection()
    {
        using var server = new KeepingServer(static (_, _, _) => Ok);
        var check = Check(server.Port, Short);
        for (var round = 0; round < 3; round++)
        {
            var health = await RunAsync(check);
            Assert.Equal((SiteStatus.Healthy, "Answers 200.", "HEAD", 200), (health.Status, health.Reason, health.Method, health.StatusCode));
            Assert.Equal($"127.0.0.1:{server.Port}", health.AddressProbed);
            Assert.Equal(HealthTarget.Primary, health.Target);
        }

        Assert.Equal(1, server.Connections);
        Assert.Equal(["HEAD", "HEAD", "HEAD"], server.Methods);
    }

    [Fact]
    public async Task A_long_interval_opens_a_connection_each_time()
    {
        using var server = new KeepingServer(static (_, _, _) => Ok);
        var check = Check(server.Port, Short with { Interval = TimeSpan.FromSeconds(30) });
        await RunAsync(check);
        await RunAsync(check);
        Assert.Equal(2, server.Connections);
    }

    [Fact]
    public async Task A_connection_is_kept_for_a_minute_at_most()
    {
        using var server = new KeepingServer(static (_, _, _) => Ok);
        var clock = new ManualTimeProvider();
        var check = Check(server.Port, Short, clock);
        await RunAsync(check);
        clock.Advance(TimeSpan.FromSeconds(59));
        await RunAsync(check);
        Assert.Equal(1, server.Connections);
        clock.Advance(TimeSpan.FromSeconds(2));
        await RunAsync(check);
        Assert.Equal(2, server.Connections);
    }

    [Fact]
    public async Task A_connection_that_the_server_has_closed_costs_a_new_one_and_no_failure()
    {
        using var server = new KeepingServer(static (_, _, _) => Ok);
        var check = Check(server.Port, Short);
        await RunAsync(check);
        server.CloseAll();
        Assert.Equal(SiteStatus.Healthy, (await RunAsync(check)).Status);
        Assert.Equal(2, server.Connections);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nCONNECTION: Keep-Alive, Close\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello")]
    public async Task A_connection_that_can_not_be_asked_again_is_not_kept(string answer)
    {
        using var server = new KeepingServer((_, _, _) => answer);
        var check = Check(server.Port, Short);
        await RunAsync(check);
        await RunAsync(check);
        Assert.Equal(2, server.Connections);
    }

    [Theory]
    [InlineData("HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1 405 Method Not Allowed\r\nContent-Length: 0\r\n\r\n")]
    public async Task What_is_no_good_answer_is_found_out_by_the_full_probe_on_a_connection_of_its_own(string toHead)
    {
        using var server = new KeepingServer((method, _, _) => method == "HEAD" ? toHead : "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nConnection: close\r\n\r\nx");
        var check = Check(server.Port, Short);
        var health = await RunAsync(check);
        Assert.Equal((SiteStatus.Healthy, "GET"), (health.Status, health.Method));

        // It is known now that the cheap way can't see this site.
        var before = server.Methods.Count;
        await RunAsync(check);
        Assert.Equal(["HEAD", "GET"], server.Methods.Skip(before));
    }

    [Fact]
    public async Task What_is_not_HTTP_is_down()
    {
        using var server = new KeepingServer(static (_, _, _) => "SSH-2.0-OpenSSH_9.2\r\n\r\n");
        Assert.Equal(SiteStatus.Down, (await RunAsync(Check(server.Port, Short))).Status);
    }

    [Fact]
    public async Task A_kept_connection_that_falls_silent_is_backed_by_a_new_one_in_time()
    {
        using var server = new KeepingServer(static (_, connection, request) => connection == 1 && request > 1 ? null : Ok);
        var check = Check(server.Port, Short with { Timeout = TimeSpan.FromMinutes(2) });
        await RunAsync(check);
        var health = await RunAsync(check);
        Assert.Equal(SiteStatus.Healthy, health.Status);
        Assert.True(server.Connections >= 2);
    }

    [Fact]
    public async Task What_confirms_never_rides_on_a_kept_connection()
    {
        using var server = new KeepingServer(static (_, _, _) => Ok);
        var check = Check(server.Port, Short);
        await RunAsync(check);
        await RunAsync(check, routine: false);
        Assert.Equal(2, server.Connections);
    }

    [Fact]
    public async Task A_refusal_shows_that_the_host_lives_and_a_silence_shows_nothing_while_it_lasts()
    {
        using var closed = HealthSamples.ClosedPort(out var port);
        var trace = new ProbeTrace();
        var refused = await Check(port, Short).RunAsync(routine: true, trace, CancellationToken.None).WaitAsync(Eventually.Patience);
        Assert.Equal((SiteStatus.Down, false), (refused.Status, refused.IsHostSilent));
        Assert.Equal(ProbeContact.Met, trace.Contact);

        // A full backlog: the kernel drops what asks for a connection.
        using var full = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        full.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        full.Listen(1);
        for (var filler = 0; filler < 8; filler++)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { Blocking = false };
            owned.Add(socket);
            _ = socket.ConnectAsync((IPEndPoint)full.LocalEndPoint!);
        }

        await Task.Delay(100);
        using var stop = new CancellationTokenSource();
        var silent = new ProbeTrace();
        var running = Check(((IPEndPoint)full.LocalEndPoint!).Port, Short with { Timeout = TimeSpan.FromMinutes(10) }).RunAsync(routine: true, silent, stop.Token);
        await Eventually.HoldsAsync(() => silent.Contact == ProbeContact.Knocking);
        await Task.Delay(500);
        Assert.Equal(ProbeContact.Knocking, silent.Contact);
        Assert.False(silent.IsMetUnnoticed());
        Assert.False(running.IsCompleted);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running.WaitAsync(Eventually.Patience));

        var over = await Check(((IPEndPoint)full.LocalEndPoint!).Port, Short with { Timeout = TimeSpan.FromSeconds(1) }).RunAsync(routine: true, new ProbeTrace(), CancellationToken.None).WaitAsync(Eventually.Patience);
        Assert.True(over.IsHostSilent);
    }

    [Fact]
    public async Task A_certificate_that_ends_while_its_connection_is_kept_is_seen_at_the_next_check()
    {
        using var certificates = new TestCertificates();
        using var folder = new TemporaryFolder();
        var now = DateTimeOffset.UtcNow;
        using var server = new KeepingServer(static (_, _, _) => Ok, certificates.For("www.acme.example", notAfter: now.AddMinutes(10)));
        var clock = new ManualTimeProvider(now.AddMinutes(9.5));
        var policy = Short with { Scheme = "https", CaFile = folder.Write("root.pem", certificates.RootPem), CertificateWarningDays = 0 };
        var check = Check(server.Port, policy, clock, at: 443);
        var before = await RunAsync(check);
        Assert.Equal(SiteStatus.Healthy, before.Status);
        Assert.Equal(now.AddMinutes(10).ToUnixTimeSeconds(), before.CertificateExpires!.Value.ToUnixTimeSeconds());
        clock.Advance(TimeSpan.FromSeconds(31));
        var after = await RunAsync(check);
        Assert.Equal(SiteStatus.Down, after.Status);
        Assert.Contains("expired", after.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_that_visitors_refuse_is_down_also_for_the_cheap_check()
    {
        using var certificates = new TestCertificates();
        using var server = new KeepingServer(static (_, _, _) => Ok, certificates.For("www.acme.example"));
        var health = await RunAsync(Check(server.Port, Short with { Scheme = "https" }, at: 443));
        Assert.Equal((SiteStatus.Down, ProbePhase.Tls), (health.Status, health.FailedPhase));
    }

    [Fact]
    public async Task A_site_whose_body_is_read_is_always_probed_in_full()
    {
        using var server = new KeepingServer(static (_, _, _) => "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello");
        var health = await RunAsync(Check(server.Port, Short with { ExpectBody = "hello" }));
        Assert.Equal((SiteStatus.Healthy, "GET"), (health.Status, health.Method));
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nServer: x\r\n", 200, true)]
    [InlineData("HTTP/1.1 404\r\nServer: x\r\n", 404, true)]
    [InlineData("HTTP/1.1 204 No Content\r\nConnection: close\r\n", 204, false)]
    [InlineData("HTTP/1.1 100 Continue\r\n", null, false)]
    [InlineData("HTTP/2.0 200 OK\r\n", null, false)]
    [InlineData("HTTP/1.1 20 OK\r\nx: y\r\n", null, false)]
    [InlineData("HTTP/1.1 2000 OK\r\nx: y\r\n", null, false)]
    [InlineData("<html><body>hello</body></html>\r\n", null, false)]
    public void The_head_of_an_answer_is_read_or_it_is_none(string head, int? status, bool reusable)
    {
        var answer = HeadAnswerReader.Parse(Encoding.ASCII.GetBytes(head), isWhole: true);
        Assert.Equal(status, answer?.StatusCode);
        Assert.Equal(reusable, answer?.IsReusable ?? false);
    }

    private static Task<SiteHealth> RunAsync(ITargetCheck check, bool routine = true) =>
        check.RunAsync(routine, new ProbeTrace(), CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(60));

    private ITargetCheck Check(int port, HealthCheckPolicy policy, TimeProvider? clock = null, int at = 80)
    {
        var host = HealthSamples.Host("do-1", port, at: at);
        var site = HealthSamples.Site(policy) with { Primary = host };
        var checker = new PinnedChecker(new SiteProber(clock ?? TimeProvider.System));
        owned.Add(checker);
        var check = checker.For(new WatchTarget(site, host, WatchRole.Active));
        owned.Add(check);
        return check;
    }
}
