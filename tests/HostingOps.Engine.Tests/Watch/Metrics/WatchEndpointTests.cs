using System.Net;
using System.Net.Sockets;
using System.Text;
using HostingOps.Engine.Watch;
using HostingOps.Engine.Watch.Metrics;
using HostingOps.Engine.Watch.Status;
using HostingOps.Testing;

namespace HostingOps.Engine.Tests.Watch.Metrics;

/// <summary>The listener as Prometheus, a person, a browser and somebody with bad intent meet it.</summary>
public sealed class WatchEndpointTests : IAsyncLifetime
{
    private readonly CancellationTokenSource ending = new();
    private readonly HttpClient http = new();
    private readonly FakeView view = FakeView.Of(FakeView.Inventory(3), static site => site.Name == "s1" ? WatchState.Down : WatchState.Healthy);
    private readonly TaskCompletionSource<Uri> known = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<string> warnings = [];
    private Task running = Task.CompletedTask;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await ending.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running.WaitAsync(Eventually.Patience));
        http.Dispose();
        ending.Dispose();
    }

    [Fact]
    public async Task It_serves_metrics_and_status()
    {
        var url = await StartAsync("127.0.0.1:0");
        using var metrics = await http.GetAsync(new Uri(url, "/metrics"));
        Assert.Equal(MetricsText.PlainType, metrics.Content.Headers.ContentType?.ToString());
        var text = await metrics.Content.ReadAsStringAsync();
        Assert.Contains("hostingops_site_state{site=\"s1\",host=\"h2\",role=\"active\",state=\"down\"} 1", text, StringComparison.Ordinal);
        Assert.DoesNotContain("# EOF", text, StringComparison.Ordinal);

        var report = await WatchStatusJson.ReadAsync(await http.GetStreamAsync(new Uri(url, "/status")), default);
        Assert.True(report.Watcher.Live);
        Assert.Equal(("ops@desk", 3, 1, 10.0), (report.Watcher.Holder, report.Watcher.SiteCount, report.Watcher.DownCount, report.Watcher.ChecksPerSecond));
        Assert.Equal(6, report.Sites.Count);
        Assert.Equal((WatchState.Down, WatchRole.Active, true, "/srv/hosting.yml"), Of(report.Sites.Single(static site => site is { SiteName: "s1", Role: WatchRole.Active })));
    }

    [Fact]
    public async Task Who_asks_for_OpenMetrics_gets_it_and_who_can_unpack_gets_it_packed()
    {
        var url = await StartAsync("127.0.0.1:0");
        using var ask = new HttpRequestMessage(HttpMethod.Get, new Uri(url, "/metrics"));
        ask.Headers.TryAddWithoutValidation("Accept", "application/openmetrics-text;version=1.0.0,text/plain;q=0.5");
        ask.Headers.TryAddWithoutValidation("Accept-Encoding", "gzip");
        using var answer = await http.SendAsync(ask);

        Assert.Equal(MetricsText.OpenMetricsType, answer.Content.Headers.ContentType?.ToString());
        Assert.Equal(["gzip"], answer.Content.Headers.ContentEncoding);
        using var body = new StreamReader(new System.IO.Compression.GZipStream(await answer.Content.ReadAsStreamAsync(), System.IO.Compression.CompressionMode.Decompress));
        var text = await body.ReadToEndAsync();
        Assert.EndsWith("\n# EOF\n", text, StringComparison.Ordinal);
        Assert.Contains("# TYPE hostingops_checks_begun counter\nhostingops_checks_begun_total 6000\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task People_write_localhost()
    {
        var url = await StartAsync("127.0.0.1:0");
        var (status, _) = await RawAsync(url, $"GET /metrics HTTP/1.1\r\nHost: localhost:{url.Port}\r\nConnection: close\r\n\r\n");
        Assert.Equal("HTTP/1.1 200 OK", status);
    }

    [Fact]
    public async Task A_browser_that_was_led_here_by_another_name_gets_nothing()
    {
        var url = await StartAsync("127.0.0.1:0");
        var (status, body) = await RawAsync(url, $"GET /status HTTP/1.1\r\nHost: evil.example:{url.Port}\r\nConnection: close\r\n\r\n");
        Assert.Matches("^HTTP/1.1 (400|404) ", status);
        Assert.DoesNotContain("s1", body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("POST", "/metrics", HttpStatusCode.MethodNotAllowed)]
    [InlineData("DELETE", "/status", HttpStatusCode.MethodNotAllowed)]
    [InlineData("GET", "/", HttpStatusCode.NotFound)]
    [InlineData("GET", "/metrics/../etc/passwd", HttpStatusCode.NotFound)]
    [InlineData("HEAD", "/metrics", HttpStatusCode.OK)]
    public async Task It_does_nothing_else(string method, string path, HttpStatusCode expected)
    {
        var url = await StartAsync("127.0.0.1:0");
        using var ask = new HttpRequestMessage(new HttpMethod(method), new Uri(url, path));
        using var answer = await http.SendAsync(ask);
        Assert.Equal(expected, answer.StatusCode);
        Assert.Empty(await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task An_address_that_is_taken_is_said_once_and_had_when_it_is_free()
    {
        var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        var time = new ManualTimeProvider(FakeView.Now);
        Begin($"127.0.0.1:{port}", time);
        await Eventually.HoldsAsync(() => warnings.Count > 0);
        Assert.Contains($"127.0.0.1:{port}", Assert.Single(warnings), StringComparison.Ordinal);

        taken.Stop();
        await Eventually.HoldsAsync(() => known.Task.IsCompleted, () => time.Advance(TimeSpan.FromSeconds(31)));
        using var answer = await http.GetAsync(new Uri(await known.Task.WaitAsync(Eventually.Patience), "/metrics"));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Single(warnings);
    }

    [Fact]
    public async Task An_address_that_others_reach_is_warned_of()
    {
        await StartAsync("0.0.0.0:0");
        Assert.Contains("without a password", Assert.Single(warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Readers_that_do_not_read_leave_the_others_alone_after_their_time()
    {
        view.Current = FakeView.Of(FakeView.Inventory(5_000)).Current;
        var time = new ManualTimeProvider(FakeView.Now);
        Begin("127.0.0.1:0", time);
        var url = await known.Task.WaitAsync(Eventually.Patience);
        var idle = new List<Socket>();
        for (var number = 0; number < 4; number++)
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4096 };
            await socket.ConnectAsync(IPAddress.Loopback, url.Port);
            await socket.SendAsync(Encoding.ASCII.GetBytes($"GET /metrics HTTP/1.1\r\nHost: 127.0.0.1:{url.Port}\r\n\r\n"));
            idle.Add(socket);

            // Its answer has begun, so it has its place.
            await Eventually.HoldsAsync(() => socket.Available > 0);
        }

        using var refusal = await http.GetAsync(new Uri(url, "/nowhere"));
        var status = refusal.StatusCode;
        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        for (var tries = 0; status == HttpStatusCode.ServiceUnavailable && tries < 500; tries++)
        {
            time.Advance(TimeSpan.FromSeconds(31));
            await Task.Delay(20);
            using var answer = await http.GetAsync(new Uri(url, "/nowhere"));
            status = answer.StatusCode;
        }

        idle.ForEach(static socket => socket.Dispose());
        Assert.Equal(HttpStatusCode.NotFound, status);
    }

    [Fact]
    public async Task A_failure_while_answering_is_the_asker_s_and_not_the_watcher_s()
    {
        var url = await StartAsync("127.0.0.1:0");
        view.Failure = new InvalidOperationException("x");
        await Assert.ThrowsAnyAsync<Exception>(async () => (await http.GetAsync(new Uri(url, "/metrics"))).EnsureSuccessStatusCode());
        view.Failure = null;
        using var answer = await http.GetAsync(new Uri(url, "/metrics"));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData("127.0.0.1:9464", "127.0.0.1:9464", true)]
    [InlineData("localhost:1", "127.0.0.1:1", true)]
    [InlineData("9100", "127.0.0.1:9100", true)]
    [InlineData("0.0.0.0:9464", "0.0.0.0:9464", false)]
    [InlineData("192.0.2.5:9464", "192.0.2.5:9464", false)]
    public void Addresses_are_read(string text, string shown, bool loopback)
    {
        running = Task.FromCanceled(new CancellationToken(true));
        var address = MetricsAddress.Parse(text);
        Assert.Equal((shown, loopback), (address.ToString(), address.IsLoopback));
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.1:65536")]
    [InlineData("127.1:9464")]
    [InlineData("::1:9464")]
    [InlineData("[::1]:9464")]
    [InlineData("example.net:9464")]
    [InlineData("127.0.0.1:-1")]
    public void What_is_no_address_is_refused(string text)
    {
        running = Task.FromCanceled(new CancellationToken(true));
        Assert.Equal(ErrorIds.InvalidArgument, Assert.Throws<HostingException>(() => MetricsAddress.Parse(text)).ErrorId);
    }

    private static (WatchState, WatchRole, bool, string?) Of(SiteWatchStatus site) => (site.State, site.Role, site.Live, site.InventoryPath);

    private static async Task<(string Status, string Body)> RawAsync(Uri url, string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, url.Port);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request));
        using var reader = new StreamReader(client.GetStream());
        var text = await reader.ReadToEndAsync().WaitAsync(Eventually.Patience);
        return (text.Split("\r\n")[0], text);
    }

    private async Task<Uri> StartAsync(string address)
    {
        Begin(address, TimeProvider.System);
        return await known.Task.WaitAsync(Eventually.Patience);
    }

    private void Begin(string address, TimeProvider time)
    {
        var metrics = new WatchMetrics(
            MetricsAddress.Parse(address),
            "ops@desk",
            new WatchFigures(),
            url =>
            {
                if (url is not null)
                {
                    known.TrySetResult(url);
                }
            },
            new Reporter(warnings),
            time);
        running = Task.Run(() => metrics.RunAsync(view, ending.Token));
    }

    private sealed class Reporter(List<string> warnings) : IOperationReporter
    {
        public void Warning(string message) => warnings.Add(message);

        public void Verbose(string message)
        {
        }

        public void Debug(string message)
        {
        }

        public void Progress(OperationProgress progress)
        {
        }
    }
}
