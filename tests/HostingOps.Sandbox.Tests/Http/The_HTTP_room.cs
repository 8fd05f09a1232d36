using System.Diagnostics;
using System.Globalization;
using System.Text;
using HostingOps.Sandbox.Http;
using HostingOps.Testing;

namespace HostingOps.Sandbox.Tests.Http;

public sealed class The_HTTP_room : IAsyncLifetime
{
    private readonly HttpRoom room = new(
        (request, _) => Task.FromResult(HttpAnswer.Text(
            200, "text/plain", $"{request.Method} {request.Path}?{request.Query} {Encoding.UTF8.GetString(request.Body)}")),
        null,
        new HttpLimits { BodyBytes = 1000, HeadBytes = 2000, HeaderFields = 10 },
        TimeProvider.System);

    public Task InitializeAsync()
    {
        room.Start();
        return Task.CompletedTask;
    }

    public async Task DisposeAsync() => await room.DisposeAsync();

    [Fact]
    public async Task Answers_several_requests_on_one_connection()
    {
        using var connection = new RawConnection(room.Port);
        await connection.SendAsync("GET /a?x=1 HTTP/1.1\r\nHost: h\r\n\r\nGET /b HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
        var answers = await connection.ReadToEndAsync();
        Assert.Contains("GET /a?x=1 ", answers);
        Assert.EndsWith("GET /b? ", answers);
    }

    [Fact]
    public async Task Reads_chunked_bodies_that_come_in_pieces()
    {
        using var connection = new RawConnection(room.Port);
        await connection.SendAsync("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n5;x=y\r\nhel");
        await connection.SendAsync("lo\r\n6\r\n world\r\n0\r\nTrailer: t\r\n\r\n");
        Assert.EndsWith("POST /? hello world", await connection.ReadToEndAsync());
    }

    [Fact]
    public async Task Bids_a_client_that_waits_to_go_on()
    {
        using var connection = new RawConnection(room.Port);
        await connection.SendAsync("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n");
        Assert.Equal("HTTP/1.1 100 Continue\r\n\r\n", await connection.ReadUntilAsync("\r\n\r\n"));
        await connection.SendAsync("hello");
        Assert.EndsWith("POST /? hello", await connection.ReadToEndAsync());
    }

    [Fact]
    public async Task Gives_HEAD_the_length_and_no_body()
    {
        using var connection = new RawConnection(room.Port);
        await connection.SendAsync("HEAD /x HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
        var answer = await connection.ReadToEndAsync();
        Assert.Contains("Content-Length: 9\r\n", answer);
        Assert.EndsWith("\r\n\r\n", answer);
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\n\r\n", 400)]
    [InlineData("GET / HTTP/2.0\r\nHost: h\r\n\r\n", 505)]
    [InlineData("GET /\r\n\r\n", 400)]
    [InlineData("GET / HTTP/1.1\nHost: h\n\n", 400)]
    [InlineData("GET / HTTP/1.1\r\nHost : h\r\n\r\n", 400)]
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400)]
    [InlineData("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400)]
    [InlineData("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabc", 400)]
    [InlineData("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1001\r\n\r\n", 413)]
    [InlineData("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 99999999999\r\n\r\n", 413)]
    [InlineData("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n3e9\r\n", 413)]
    [InlineData("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n", 400)]
    [InlineData("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: gzip\r\n\r\n", 501)]
    [InlineData("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\nExpect: tea\r\n\r\n", 417)]
    public async Task Refuses_what_is_no_request_and_closes(string request, int status)
    {
        using var connection = new RawConnection(room.Port);
        await connection.SendAsync(request);
        Assert.StartsWith(string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 {status} "), await connection.ReadToEndAsync());
    }

    [Fact]
    public async Task Bounds_the_header()
    {
        using var long1 = new RawConnection(room.Port);
        await long1.SendAsync($"GET / HTTP/1.1\r\nHost: h\r\nX: {new string('x', 3000)}\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 431 ", await long1.ReadToEndAsync());
        using var many = new RawConnection(room.Port);
        await many.SendAsync($"GET / HTTP/1.1\r\nHost: h\r\n{string.Concat(Enumerable.Range(0, 12).Select(n => $"X{n}: y\r\n"))}\r\n");
        Assert.StartsWith("HTTP/1.1 431 ", await many.ReadToEndAsync());
    }

    [SkippableFact]
    public async Task Speaks_with_curl_that_uploads_chunks_and_expects()
    {
        var curl = RealPart.Require("curl");
        var start = new ProcessStartInfo(
            curl,
            ["-sS", "--noproxy", "*", "-H", "Expect: 100-continue", "-H", "Transfer-Encoding: chunked", "-d", "from curl", $"http://127.0.0.1:{room.Port}/up"])
        {
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        Assert.Equal("POST /up? from curl", await process.StandardOutput.ReadToEndAsync());
    }
}
