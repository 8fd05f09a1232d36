using System.Net.Sockets;
using System.Text;
using HostingOps.Engine.Health;
using HostingOps.Testing;

namespace HostingOps.Engine.Tests.Health;

/// <summary>HEAD, GET and statuses, against servers that misbehave on purpose.</summary>
public sealed class ProbeMethodTests : IDisposable
{
    private readonly SiteProber prober = new(TimeProvider.System);

    public void Dispose() => prober.Dispose();

    private Task<SiteHealth> ProbeAsync(LoopbackServer server, HealthCheckPolicy? check = null) =>
        prober.ProbeAsync(HealthSamples.Site(check), HealthSamples.Host("do-1", server.Port), HealthTarget.Primary, CancellationToken.None);

    /// <summary>Probes with a minute's limit on a clock that this moves on, a little at a time, until the condition holds.</summary>
    private static async Task<SiteHealth> ProbeByHandAsync(LoopbackServer server, Func<bool> begun, Func<bool> enough)
    {
        var clock = new ManualTimeProvider();
        using var byHand = new SiteProber(clock);
        var probe = byHand.ProbeAsync(
            HealthSamples.Site(HealthSamples.Http with { Timeout = TimeSpan.FromMinutes(1) }),
            HealthSamples.Host("do-1", server.Port), HealthTarget.Primary, CancellationToken.None);
        await Eventually.HoldsAsync(begun);

        for (var seconds = 0; seconds < 70 && !enough() && !probe.IsCompleted; seconds++)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(20);
        }

        return await probe.WaitAsync(HealthSamples.Patience);
    }

    [Fact]
    public async Task A_site_that_answers_HEAD_is_healthy_by_one_request_with_its_own_host_header()
    {
        await using var server = LoopbackServer.Answering(request => request.IsHead ? "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n" : LoopbackServer.Ok());

        var health = await ProbeAsync(server, HealthSamples.Http with { Path = "/health?x=1" });

        Assert.Equal(SiteStatus.Healthy, health.Status);
        Assert.Equal("Answers 200.", health.Reason);
        Assert.Equal(200, health.StatusCode);
        Assert.Equal("HEAD", health.Method);
        Assert.Equal("http://www.acme.example/health?x=1", health.Url);
        Assert.Equal($"127.0.0.1:{server.Port}", health.AddressProbed);
        Assert.Equal("do-1", health.HostName);
        Assert.Equal(HealthTarget.Primary, health.Target);
        Assert.Equal(ProbePhase.None, health.FailedPhase);
        var request = Assert.Single(server.Requests);
        Assert.Equal("www.acme.example", request.Host);
        Assert.Equal("/health?x=1", request.Target);
        Assert.Matches(@"^HostingOps/\d+\.\d+\.\d+\S* \(\+health check\)$", request.Headers["User-Agent"]);
        Assert.False(request.Headers.ContainsKey("traceparent"));
    }

    [Fact]
    public async Task Phases_that_were_reached_are_timed_and_the_others_are_null()
    {
        await using var server = LoopbackServer.Answering(_ => LoopbackServer.Ok());

        var timings = (await ProbeAsync(server)).Timings;

        Assert.Null(timings.Resolve);
        Assert.Null(timings.Tls);
        Assert.Null(timings.Body);
        Assert.True(timings.Connect >= 0);
        Assert.True(timings.FirstByte > 0);
        Assert.True(timings.Total >= timings.Connect + timings.FirstByte);
    }

    [Theory]
    [InlineData("405 Method Not Allowed")]
    [InlineData("501 Not Implemented")]
    [InlineData("403 Forbidden")]
    [InlineData("404 Not Found")]
    [InlineData("400 Bad Request")]
    [InlineData("500 Internal Server Error")]
    public async Task A_HEAD_failure_does_not_count_when_GET_works(string line)
    {
        await using var server = LoopbackServer.Answering(request => request.IsHead ? LoopbackServer.Status(line) : LoopbackServer.Ok());

        var health = await ProbeAsync(server);

        Assert.Equal(SiteStatus.Healthy, health.Status);
        Assert.Equal("GET", health.Method);
        Assert.Contains("HEAD", health.Reason, StringComparison.Ordinal);
        Assert.Equal(["HEAD", "GET"], server.Requests.Select(request => request.Method));
        Assert.Equal(2, server.Connections);
    }

    [Theory]
    [InlineData("401 Unauthorized")]
    [InlineData("403 Forbidden")]
    [InlineData("404 Not Found")]
    [InlineData("500 Internal Server Error")]
    [InlineData("503 Service Unavailable")]
    public async Task A_failure_that_GET_confirms_is_down(string line)
    {
        await using var server = LoopbackServer.Answering(_ => LoopbackServer.Status(line));

        var health = await ProbeAsync(server);

        Assert.Equal(SiteStatus.Down, health.Status);
        Assert.Equal(int.Parse(line[..3]), health.StatusCode);
        Assert.Equal(ProbePhase.FirstByte, health.FailedPhase);
        Assert.Contains("200-299 is expected", health.Reason, StringComparison.Ordinal);
        Assert.Equal("GET", health.Method);
    }

    [Fact]
    public async Task A_status_that_the_check_expects_is_healthy()
    {
        await using var server = LoopbackServer.Answering(_ => LoopbackServer.Status("401 Unauthorized"));

        var health = await ProbeAsync(server, HealthSamples.Http with { ExpectStatus = [new StatusRange(200, 204), new StatusRange(401, 401)] });

        Assert.Equal(SiteStatus.Healthy, health.Status);
    }

    [Fact]
    public async Task Throttled_is_not_down_and_is_not_asked_again()
    {
        await using var server = LoopbackServer.Answering(_ => LoopbackServer.Status("429 Too Many Requests"));

        var health = await ProbeAsync(server);

        Assert.Equal(SiteStatus.Degraded, health.Status);
        Assert.Contains("hrottled, not down", health.Reason, StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_HEAD_that_hangs_is_backed_by_GET()
    {
        await using var server = new LoopbackServer(async (request, stream, token) =>
        {
            if (request.IsHead)
            {
                await Task.Delay(Timeout.Infinite, token);
            }

            await stream.WriteAsync(Encoding.ASCII.GetBytes(LoopbackServer.Ok()), token);
        });

        var health = await ProbeByHandAsync(server, () => !server.Requests.IsEmpty, () => server.Requests.Count > 1);

        Assert.Equal(SiteStatus.Healthy, health.Status);
        Assert.Equal("GET", health.Method);
        Assert.Contains("HEAD is not answered", health.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_HEAD_slower_than_half_the_timeout_still_counts_when_GET_fails()
    {
        var getSeen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = new LoopbackServer(async (request, stream, token) =>
        {
            if (request.IsHead)
            {
                await getSeen.Task.WaitAsync(token);
                await Task.Delay(200, token);
                await stream.WriteAsync(Encoding.ASCII.GetBytes("HTTP/1.1 204 No Content\r\n\r\n"), token);
                return;
            }

            getSeen.SetResult();
            await stream.WriteAsync(Encoding.ASCII.GetBytes(LoopbackServer.Status("503 Busy")), token);
        });

        var health = await ProbeByHandAsync(server, () => !server.Requests.IsEmpty, () => server.Requests.Count > 1);

        Assert.Equal(SiteStatus.Healthy, health.Status);
        Assert.Equal("HEAD", health.Method);
        Assert.Equal(204, health.StatusCode);
    }

    [Fact]
    public async Task A_server_that_takes_the_request_and_says_nothing_is_down_in_the_first_byte_phase()
    {
        await using var server = new LoopbackServer((_, _, token) => Task.Delay(Timeout.Infinite, token));

        var health = await ProbeByHandAsync(server, () => !server.Requests.IsEmpty, () => false);

        Assert.Equal(SiteStatus.Down, health.Status);
        Assert.Equal(["HEAD", "GET"], server.Requests.Select(request => request.Method));
        Assert.Equal(ProbePhase.FirstByte, health.FailedPhase);
        Assert.Contains("does not answer within 60 s", health.Reason, StringComparison.Ordinal);
        Assert.Null(health.StatusCode);
    }

    [Fact]
    public async Task A_slow_answer_is_degraded_when_the_check_says_so()
    {
        await using var server = new LoopbackServer(async (_, stream, token) =>
        {
            await Task.Delay(300, token);
            await stream.WriteAsync(Encoding.ASCII.GetBytes(LoopbackServer.Ok()), token);
        });

        var slow = await ProbeAsync(server, HealthSamples.Http with { SlowAfter = TimeSpan.FromMilliseconds(100) });
        var allowed = await ProbeAsync(server, HealthSamples.Http with { SlowAfter = HealthSamples.Patience });

        Assert.Equal(SiteStatus.Degraded, slow.Status);
        Assert.Contains("slow", slow.Reason, StringComparison.Ordinal);
        Assert.Equal(SiteStatus.Healthy, allowed.Status);
    }

    [Fact]
    public async Task A_body_that_never_comes_is_down_in_the_body_phase()
    {
        await using var server = new LoopbackServer(async (_, stream, token) =>
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf of it"), token);
            await Task.Delay(Timeout.Infinite, token);
        });

        var health = await ProbeAsync(server, HealthSamples.Http with { ExpectBody = "welcome", Timeout = TimeSpan.FromSeconds(4) });

        Assert.Equal(SiteStatus.Down, health.Status);
        Assert.Equal(ProbePhase.Body, health.FailedPhase);
        Assert.Equal(200, health.StatusCode ?? 200);
    }

    [Theory]
    [InlineData("SSH-2.0-OpenSSH_9.2p1\r\n", "not HTTP")]
    [InlineData("", "closes the connection")]
    public async Task An_answer_that_is_not_HTTP_is_down(string bytes, string reason)
    {
        await using var server = LoopbackServer.Answering(_ => bytes);

        var health = await ProbeAsync(server);

        Assert.Equal(SiteStatus.Down, health.Status);
        Assert.Equal(ProbePhase.FirstByte, health.FailedPhase);
        Assert.Contains(reason, health.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Headers_without_end_are_cut_off_and_down()
    {
        await using var server = LoopbackServer.Answering(_ => "HTTP/1.1 200 OK\r\nX-Long: " + new string('a', 300_000) + "\r\n\r\n");

        var health = await ProbeAsync(server);

        Assert.Equal(SiteStatus.Down, health.Status);
        Assert.Contains("64 KiB of headers", health.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reset_connection_is_down_and_said_to_be_reset()
    {
        await using var server = new LoopbackServer((request, _, _) =>
        {
            request.Client!.LingerState = new LingerOption(true, 0);
            request.Client.Close();
            return Task.CompletedTask;
        });

        var health = await ProbeAsync(server);

        Assert.Equal(SiteStatus.Down, health.Status);
        Assert.Equal(ProbePhase.FirstByte, health.FailedPhase);
        Assert.Contains("resets the connection", health.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancelling_ends_a_probe_that_hangs()
    {
        await using var server = new LoopbackServer((_, _, token) => Task.Delay(Timeout.Infinite, token));
        using var cancel = new CancellationTokenSource();
        var probe = prober.ProbeAsync(
            HealthSamples.Site(HealthSamples.Http with { Timeout = TimeSpan.FromMinutes(10) }),
            HealthSamples.Host("do-1", server.Port), HealthTarget.Primary, cancel.Token);

        await Eventually.HoldsAsync(() => !server.Requests.IsEmpty);

        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => probe.WaitAsync(HealthSamples.Patience));
    }
}
