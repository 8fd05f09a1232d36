using System.Net;
using System.Text;
using HostingOps.Engine.DynamicDns.Asking;
using HostingOps.Engine.Tests.Health;
using HostingOps.Testing;

namespace HostingOps.Engine.Tests.DynamicDns;

/// <summary>Real HTTPS servers on loopback that tell the truth, and that lie in each way that the field has seen.</summary>
public sealed class HttpSourceTests : IDisposable
{
    private const string Truth = "5.9.1.1";

    private readonly TestCertificates certificates = new();
    private readonly TemporaryFolder folder = new();

    public void Dispose()
    {
        certificates.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task A_source_that_tells_the_truth_is_heard_over_a_certificate_that_holds()
    {
        await using var server = Answering(_ => LoopbackServer.Ok(Truth + "\n"));

        var answer = await AskAsync($"https://localhost:{server.Port}/");

        Assert.Equal((Truth, AddressAnswerOutcome.Undecided), (answer.Address, answer.Outcome));
        Assert.Equal("HostingOps", Assert.Single(server.Requests).Headers["User-Agent"]);
        Assert.Equal("localhost", Assert.Single(server.ServerNames));
    }

    [Fact]
    public async Task JSON_with_nothing_but_ip_is_heard()
    {
        await using var server = Answering(_ => LoopbackServer.Ok($"{{\"ip\":\"{Truth}\"}}", "Content-Type: application/json\r\n"));

        Assert.Equal(Truth, (await AskAsync($"https://localhost:{server.Port}/")).Address);
    }

    public static TheoryData<string, string, string> Lies => new()
    {
        { "a page", LoopbackServer.Ok("<!DOCTYPE html><title>Your IP</title>5.9.1.1", "Content-Type: text/html\r\n"), "HTML" },
        { "a page for a login", LoopbackServer.Ok("<html><form action=\"http://portal/\">", "Content-Type: text/html\r\n"), "captive portal" },
        { "a long page", LoopbackServer.Ok("<html>" + new string('x', 100_000)), "more than 512 bytes: HTML" },
        { "a portal's redirect", LoopbackServer.Redirect("http://portal.lan/login", "302 Found"), "302, a redirect, as a captive portal" },
        { "another redirect", LoopbackServer.Redirect("https://elsewhere.example/", "308 Permanent Redirect"), "308, a redirect" },
        { "a portal that says so", LoopbackServer.Status("511 Network Authentication Required", "<html>"), "511: a captive portal" },
        { "an error with an address", LoopbackServer.Status("503 Service Unavailable", Truth), "503 where 200" },
        { "a partial answer", LoopbackServer.Status("206 Partial Content", Truth), "206 where 200" },
        { "no content", LoopbackServer.Status("204 No Content"), "204 where 200" },
        { "nothing", LoopbackServer.Ok(""), "answers nothing" },
        { "two addresses", LoopbackServer.Ok("5.9.1.1, 10.0.0.1"), "more than one address" },
        { "a proxy's chain", LoopbackServer.Ok("10.0.0.1\n5.9.1.1"), "more than one address" },
        { "a private address", LoopbackServer.Ok("192.168.178.20"), "private" },
        { "carrier NAT", LoopbackServer.Ok("100.72.3.4"), "carrier NAT" },
        { "a documentation address", LoopbackServer.Ok("198.51.100.7"), "documentation" },
        { "a loopback address", LoopbackServer.Ok("127.0.0.1"), "loopback" },
        { "the other family", LoopbackServer.Ok("2a01:4f8::1"), "other address family" },
        { "an address in JSON with more", LoopbackServer.Ok("{\"ip\":\"5.9.1.1\",\"city\":\"X\"}"), "JSON" },
        { "compressed bytes", "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 7\r\n\r\n5.9.1.1", "content coding" },
        { "other characters", LoopbackServer.Ok("5.9.1.1\u0007"), "other characters" },
    };

    [Theory]
    [MemberData(nameof(Lies))]
    public async Task A_lie_is_refused_and_says_which(string lie, string answered, string says)
    {
        await using var server = Answering(_ => answered);

        var answer = await AskAsync($"https://localhost:{server.Port}/");

        Assert.True(answer.Outcome == AddressAnswerOutcome.Refused, $"{lie}: {answer.Outcome} {answer.Reason}");
        Assert.Null(answer.Address);
        Assert.Contains(says, answer.Reason, StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_redirect_is_not_followed_to_where_it_leads()
    {
        await using var trap = Answering(_ => LoopbackServer.Ok("6.6.6.6"));
        await using var server = Answering(_ => LoopbackServer.Redirect($"https://localhost:{trap.Port}/"));

        Assert.Null((await AskAsync($"https://localhost:{server.Port}/", TimeSpan.FromSeconds(2))).Address);
        Assert.Equal(0, trap.Connections);
    }

    [Theory]
    [InlineData("never answers")]
    [InlineData("answers one byte and no more")]
    [InlineData("drips an endless body")]
    [InlineData("sends endless headers")]
    public async Task A_source_that_hangs_is_given_up(string how)
    {
        await using var server = new LoopbackServer(
            async (_, stream, token) =>
            {
                var head = how switch { "sends endless headers" => "HTTP/1.1 200 OK\r\n", "never answers" => "", _ => "HTTP/1.1 200 OK\r\nContent-Length: 999999\r\n\r\n5" };
                await stream.WriteAsync(Encoding.ASCII.GetBytes(head), token);
                while (true)
                {
                    await Task.Delay(how.StartsWith("never", StringComparison.Ordinal) || how.StartsWith("answers", StringComparison.Ordinal) ? 60_000 : 20, token);
                    await stream.WriteAsync(how == "drips an endless body" ? "5"u8.ToArray() : "X-A: b\r\n"u8.ToArray(), token);
                }
            },
            certificates.For("localhost"));

        var answer = await AskAsync($"https://localhost:{server.Port}/", TimeSpan.FromMilliseconds(400));

        Assert.Equal(AddressAnswerOutcome.NoAnswer, answer.Outcome);
    }

    [Fact]
    public async Task A_flood_is_not_read()
    {
        var sent = 0L;
        await using var server = new LoopbackServer(
            async (_, stream, token) =>
            {
                await stream.WriteAsync("HTTP/1.1 200 OK\r\n\r\n"u8.ToArray(), token);
                var block = new byte[65536];
                while (sent < 1L << 30)
                {
                    await stream.WriteAsync(block, token);
                    sent += block.Length;
                }
            },
            certificates.For("localhost"));

        Assert.Contains("more than 512 bytes", (await AskAsync($"https://localhost:{server.Port}/")).Reason, StringComparison.Ordinal);
        Assert.True(sent < 1L << 28);
    }

    [Fact]
    public async Task A_connection_that_breaks_is_no_answer()
    {
        await using var server = new LoopbackServer((request, _, _) => { request.Client!.Close(0); return Task.CompletedTask; }, certificates.For("localhost"));

        Assert.Equal(AddressAnswerOutcome.NoAnswer, (await AskAsync($"https://localhost:{server.Port}/")).Outcome);
    }

    [Fact]
    public async Task A_body_that_breaks_off_is_no_address()
    {
        await using var server = Answering(_ => "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n5.9.1.1");

        Assert.Equal(AddressAnswerOutcome.NoAnswer, (await AskAsync($"https://localhost:{server.Port}/")).Outcome);
    }

    [Theory]
    [InlineData("another name")]
    [InlineData("expired")]
    [InlineData("self-signed")]
    [InlineData("an unknown root")]
    public async Task Who_stands_between_with_a_certificate_of_his_own_is_not_heard(string which)
    {
        using var stranger = new TestCertificates();
        var certificate = which switch
        {
            "another name" => certificates.For("portal.lan"),
            "expired" => certificates.For("localhost", notAfter: DateTimeOffset.UtcNow.AddDays(-1), notBefore: DateTimeOffset.UtcNow.AddDays(-9)),
            "self-signed" => certificates.For("localhost", selfSigned: true),
            _ => stranger.For("localhost"),
        };
        await using var server = LoopbackServer.Answering(static _ => LoopbackServer.Ok(Truth), certificate);

        var answer = await AskAsync($"https://localhost:{server.Port}/");

        Assert.Equal(AddressAnswerOutcome.Refused, answer.Outcome);
        Assert.Contains("certificate", answer.Reason, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Where_https_is_asked_plain_http_is_no_answer()
    {
        await using var server = LoopbackServer.Answering(static _ => LoopbackServer.Ok(Truth));

        Assert.Null((await AskAsync($"https://localhost:{server.Port}/", TimeSpan.FromSeconds(2))).Address);
    }

    [Fact]
    public async Task Plain_http_is_asked_only_where_that_is_written()
    {
        var plain = new DynamicDnsRecord { Record = "office", Sources = ["http://ip.example/"], Timeout = TimeSpan.FromSeconds(1) };
        var resolved = 0;
        var asker = new AddressAsker(TimeProvider.System, SilentReporter.Instance, null, (_, _, _) =>
        {
            resolved++;
            return Task.FromResult<IPAddress[]>([]);
        });

        Assert.Contains("allowHttp", Assert.Single(await asker.AskAsync(plain, PublicAddressFamily.IPv4, CancellationToken.None)).Reason, StringComparison.Ordinal);
        Assert.Equal(0, resolved);
        await asker.AskAsync(plain with { AllowHttp = true }, PublicAddressFamily.IPv4, CancellationToken.None);
        Assert.Equal(1, resolved);
    }

    [Fact]
    public async Task The_family_is_that_of_the_socket()
    {
        await using var six = LoopbackServer.Answering(static _ => LoopbackServer.Ok("2a01:4f8::1"), address: IPAddress.IPv6Loopback);
        var asked = new List<string>();
        var asker = new AddressAsker(TimeProvider.System, SilentReporter.Instance, null, (host, family, _) =>
        {
            asked.Add($"{host} {family}");
            return Task.FromResult<IPAddress[]>(family == System.Net.Sockets.AddressFamily.InterNetworkV6 ? [IPAddress.IPv6Loopback] : []);
        });
        var record = new DynamicDnsRecord { Record = "office", Sources = [$"http://ip.example:{six.Port}/"], AllowHttp = true };

        Assert.Equal("2a01:4f8::1", Assert.Single(await asker.AskAsync(record, PublicAddressFamily.IPv6, CancellationToken.None)).Address);
        var none = Assert.Single(await asker.AskAsync(record, PublicAddressFamily.IPv4, CancellationToken.None));
        Assert.Equal(AddressAnswerOutcome.NoAnswer, none.Outcome);
        Assert.Contains("no address of that family", none.Reason, StringComparison.Ordinal);
        Assert.Equal(["ip.example InterNetworkV6", "ip.example InterNetwork"], asked);
    }

    [Fact]
    public async Task All_are_asked_at_once_and_one_that_hangs_holds_up_no_other()
    {
        // Each answers only when all have been asked.
        var asked = 0;
        var all = new TaskCompletionSource();
        async Task Meet(LoopbackServer.Request request, Stream stream, CancellationToken token)
        {
            if (Interlocked.Increment(ref asked) == 3)
            {
                all.SetResult();
            }

            await all.Task.WaitAsync(token);
            await stream.WriteAsync(Encoding.ASCII.GetBytes(LoopbackServer.Ok(Truth)), token);
        }

        await using var one = new LoopbackServer(Meet);
        await using var two = new LoopbackServer(Meet);
        await using var three = new LoopbackServer(Meet);
        var record = new DynamicDnsRecord
        {
            Record = "office",
            Sources = [.. new[] { one, two, three }.Select(static server => $"http://127.0.0.1:{server.Port}/")],
            Timeout = TimeSpan.FromSeconds(30),
        };

        var answers = await new AddressAsker(TimeProvider.System, SilentReporter.Instance).AskAsync(record, PublicAddressFamily.IPv4, CancellationToken.None);

        Assert.All(answers, static answer => Assert.Equal(Truth, answer.Address));
    }

    [Fact]
    public async Task A_stop_does_not_wait_for_a_source()
    {
        using var stop = new CancellationTokenSource();
        await using var server = new LoopbackServer(async (_, _, token) =>
        {
            await stop.CancelAsync();
            await Task.Delay(Timeout.Infinite, token);
        });
        var record = new DynamicDnsRecord { Record = "office", Sources = [$"http://127.0.0.1:{server.Port}/"], Timeout = TimeSpan.FromMinutes(10) };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            new AddressAsker(TimeProvider.System, SilentReporter.Instance).AskAsync(record, PublicAddressFamily.IPv4, stop.Token));
    }

    [Fact]
    public async Task A_caFile_that_is_not_there_is_an_error_that_names_it()
    {
        var record = new DynamicDnsRecord { Record = "office", Sources = ["https://ip.example/"], CaFile = "none.pem" };

        var error = await Assert.ThrowsAsync<HostingException>(() =>
            new AddressAsker(TimeProvider.System, SilentReporter.Instance, folder.Path).AskAsync(record, PublicAddressFamily.IPv4, CancellationToken.None));

        Assert.Contains("none.pem", error.Message, StringComparison.Ordinal);
    }

    private LoopbackServer Answering(Func<LoopbackServer.Request, string> answer) => LoopbackServer.Answering(answer, certificates.For("localhost"));

    private async Task<AddressAnswer> AskAsync(string source, TimeSpan? timeout = null)
    {
        folder.Write("ca.pem", certificates.RootPem);
        var record = new DynamicDnsRecord { Record = "office", Sources = [source], CaFile = "ca.pem", Timeout = timeout ?? TimeSpan.FromSeconds(20) };
        return Assert.Single(await new AddressAsker(TimeProvider.System, SilentReporter.Instance, folder.Path)
            .AskAsync(record, PublicAddressFamily.IPv4, CancellationToken.None));
    }
}
