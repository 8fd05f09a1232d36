using System.IO.Compression;
using System.Text;
using HostingOps.Engine.Health;

namespace HostingOps.Engine.Tests.Health;

/// <summary>The text that a check expects, in bodies as servers really send them.</summary>
public sealed class ProbeBodyTests : IDisposable
{
    private readonly SiteProber prober = new(TimeProvider.System);

    public void Dispose() => prober.Dispose();

    private Task<SiteHealth> ProbeAsync(LoopbackServer server, HealthCheckPolicy check) =>
        prober.ProbeAsync(HealthSamples.Site(check), HealthSamples.Host("do-1", server.Port), HealthTarget.Primary, CancellationToken.None);

    [Fact]
    public async Task A_body_cut_off_is_down_in_the_body_phase()
    {
        await using var server = LoopbackServer.Answering(_ => "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf of it");

        var health = await ProbeAsync(server, HealthSamples.Http with { ExpectBody = "welcome" });

        Assert.Equal(SiteStatus.Down, health.Status);
        Assert.Equal(ProbePhase.Body, health.FailedPhase);
        Assert.Contains("in the middle of the body", health.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_expected_text_is_asked_for_by_GET_at_once()
    {
        await using var server = LoopbackServer.Answering(_ => LoopbackServer.Ok("Grüezi, welcome!"));

        var found = await ProbeAsync(server, HealthSamples.Http with { ExpectBody = "Grüezi" });
        var missing = await ProbeAsync(server, HealthSamples.Http with { ExpectBody = "grüezi" });

        Assert.Equal(SiteStatus.Healthy, found.Status);
        Assert.NotNull(found.Timings.Body);
        Assert.Equal(SiteStatus.Down, missing.Status);
        Assert.Equal(ProbePhase.Body, missing.FailedPhase);
        Assert.Equal(["GET", "GET"], server.Requests.Select(request => request.Method));
    }

    [Fact]
    public async Task Text_is_sought_in_the_charset_that_the_answer_names()
    {
        await using var server = new LoopbackServer(async (_, stream, token) =>
            await stream.WriteAsync(Encoding.Latin1.GetBytes("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=ISO-8859-1\r\n\r\n<p>Grüezi</p>"), token));

        var health = await ProbeAsync(server, HealthSamples.Http with { ExpectBody = "Grüezi" });

        Assert.Equal(SiteStatus.Healthy, health.Status);
    }

    [Theory]
    [InlineData("windows-1251", "Добро")]
    [InlineData("Shift_JIS", "ようこそ")]
    [InlineData("no-such-charset", "Grüezi")]
    public async Task Text_is_sought_in_the_charsets_of_old_pages_too(string charset, string text)
    {
        var encoding = CodePagesEncodingProvider.Instance.GetEncoding(charset) ?? Encoding.UTF8;
        await using var server = new LoopbackServer(async (_, stream, token) => await stream.WriteAsync(
            (byte[])[.. Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset={charset}\r\n\r\n"), .. encoding.GetBytes(text)], token));

        var health = await ProbeAsync(server, HealthSamples.Http with { ExpectBody = text });

        Assert.Equal(SiteStatus.Healthy, health.Status);
    }

    [Theory]
    [InlineData("gzip", "welcome", SiteStatus.Healthy)]
    [InlineData("x-gzip", "welcome", SiteStatus.Healthy)]
    [InlineData("deflate", "welcome", SiteStatus.Healthy)]
    [InlineData("br", "welcome", SiteStatus.Healthy)]
    [InlineData("br", "goodbye", SiteStatus.Down)]
    [InlineData("zstd", "welcome", SiteStatus.Unknown)]
    public async Task A_body_compressed_against_our_wish_is_read_all_the_same(string coding, string expected, SiteStatus status)
    {
        using var compressed = new MemoryStream();
        using (var coder = coding switch
        {
            "deflate" => new ZLibStream(compressed, CompressionMode.Compress, leaveOpen: true),
            "br" => new BrotliStream(compressed, CompressionMode.Compress, leaveOpen: true),
            _ => (Stream)new GZipStream(compressed, CompressionMode.Compress, leaveOpen: true),
        })
        {
            coder.Write("<p>welcome</p>"u8);
        }

        await using var server = new LoopbackServer(async (_, stream, token) => await stream.WriteAsync(
            (byte[])[.. Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Encoding: {coding}\r\nContent-Length: {compressed.Length}\r\n\r\n"), .. compressed.ToArray()], token));

        var health = await ProbeAsync(server, HealthSamples.Http with { ExpectBody = expected });

        Assert.Equal(status, health.Status);
        Assert.Equal("identity", server.Requests.First().Headers["Accept-Encoding"]);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task A_body_that_is_not_compressed_as_it_says_is_down(string coding)
    {
        await using var server = LoopbackServer.Answering(_ => LoopbackServer.Ok("zzz welcome zzz", $"Content-Encoding: {coding}\r\n"));

        var health = await ProbeAsync(server, HealthSamples.Http with { ExpectBody = "welcome" });

        Assert.Equal(SiteStatus.Down, health.Status);
        Assert.Contains($"not {coding} as it says", health.Reason, StringComparison.Ordinal);
    }
}
