using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using HostingOps.Engine.Watch.Witnesses;
using HostingOps.Engine.Watch.Witnesses.Agents;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace HostingOps.Agent.Tests.Witnessing;

/// <summary>What a witness makes of requests that no honest agent sends, and an agent of answers that no honest witness gives.</summary>
public sealed class WitnessRequestTests
{
    private const string Machine = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    private static readonly WitnessKey Key = WitnessKey.Read("${K}", static _ => WitnessWorld.Key);

    [Fact]
    public async Task A_question_is_answered_once_unchanged_and_in_its_time_only()
    {
        await using var world = await WitnessWorld.StartAsync();
        using var http = new HttpClient { BaseAddress = new Uri(await world.WitnessAsync(https: false)) };
        var body = WitnessJson.Write(new WitnessInquiry { Budget = 8000, Questions = [WitnessQuestion.Of(world.Acme, world.Acme.Primary)] });
        var now = DateTimeOffset.UtcNow;

        var good = Request(now, body);
        Assert.Equal(HttpStatusCode.OK, await SendAsync(http, good));
        Assert.Equal(HttpStatusCode.Unauthorized, await SendAsync(http, good));
        Assert.Equal(HttpStatusCode.OK, await SendAsync(http, Request(now.AddSeconds(-55), body)));
        Assert.Equal(HttpStatusCode.Unauthorized, await SendAsync(http, Request(now.AddSeconds(-65), body)));
        Assert.Equal(HttpStatusCode.Unauthorized, await SendAsync(http, Request(now.AddSeconds(70), body)));

        Assert.Equal(HttpStatusCode.Unauthorized, await SendAsync(http, Request(now, body) with { Body = [.. body, (byte)' '] }));
        Assert.Equal(HttpStatusCode.Unauthorized, await SendAsync(http, Request(now, body) with { Nonce = WitnessSignature.NewNonce() }));
        Assert.Equal(HttpStatusCode.Unauthorized, await SendAsync(http, Request(now, body) with { Time = WitnessSignature.TimeText(now.AddSeconds(1)) }));
        Assert.Equal(HttpStatusCode.Unauthorized, await SendAsync(http, Request(now, body) with { Signature = "" }));
        Assert.Equal(HttpStatusCode.Unauthorized, await SendAsync(http, Request(now, body, "short")));
    }

    [Fact]
    public async Task A_question_for_another_witness_is_refused_however_it_gets_here()
    {
        await using var world = await WitnessWorld.StartAsync();
        using var http = new HttpClient { BaseAddress = new Uri(await world.WitnessAsync(https: false)) };
        var body = WitnessJson.Write(new WitnessInquiry { Budget = 8000, Questions = [WitnessQuestion.Of(world.Acme, world.Acme.Primary)] });
        var forFra = Request(DateTimeOffset.UtcNow, body, witness: "fra");

        Assert.Equal(HttpStatusCode.MisdirectedRequest, await SendAsync(http, forFra));
        Assert.Equal(HttpStatusCode.Unauthorized, await SendAsync(http, forFra with { Witness = "nyc" }));
        Assert.Equal(HttpStatusCode.MisdirectedRequest, await SendAsync(http, forFra with { Witness = "" }));
        Assert.Equal(HttpStatusCode.OK, await SendAsync(http, Request(DateTimeOffset.UtcNow, body, witness: "NYC")));
    }

    [Fact]
    public async Task What_is_no_question_is_refused_without_an_answer()
    {
        await using var world = await WitnessWorld.StartAsync();
        using var http = new HttpClient { BaseAddress = new Uri(await world.WitnessAsync(https: false)) };
        var now = DateTimeOffset.UtcNow;

        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await http.GetAsync(WitnessSignature.Path)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync("/")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, await SendAsync(http, Request(now, "{"u8.ToArray())));
        Assert.Equal(HttpStatusCode.BadRequest, await SendAsync(http, Request(now, "{\"questions\":[null]}"u8.ToArray())));
        var many = WitnessJson.Write(new WitnessInquiry { Questions = [.. Enumerable.Repeat(new WitnessQuestion(), WitnessJson.MostQuestions + 1)] });
        Assert.Equal(HttpStatusCode.BadRequest, await SendAsync(http, Request(now, many)));
        Assert.StartsWith("HTTP/1.1 413 ", await AnnounceAsync(http.BaseAddress, Request(now, new byte[WitnessJson.MostBytes + 1])), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_asks_too_often_is_put_off()
    {
        await using var world = await WitnessWorld.StartAsync();
        using var http = new HttpClient { BaseAddress = new Uri(await world.WitnessAsync(https: false)) };

        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => http.GetAsync(WitnessSignature.Path)));

        Assert.Contains(HttpStatusCode.TooManyRequests, answers.Select(static answer => answer.StatusCode));
    }

    [Fact]
    public async Task An_answer_to_another_question_or_by_another_key_is_not_believed()
    {
        await using var world = await WitnessWorld.StartAsync();
        byte[] down = WitnessJson.Write(new[] { new WitnessStatement { Answer = WitnessAnswer.Down, Reason = "Dead.", LookedAt = DateTimeOffset.UtcNow } });
        var otherKey = WitnessKey.Read("${K}", static _ => new string('z', 40));
        string? recorded = null;

        var honest = await AskAsync(world, nonce => (down, WitnessSignature.OfAnswer(Key, nonce, 200, Machine, down)));
        Assert.Equal(WitnessAnswer.Down, honest.Answer);

        var replayed = await AskAsync(world, nonce => (down, recorded ??= WitnessSignature.OfAnswer(Key, WitnessSignature.NewNonce(), 200, Machine, down)));
        Assert.Equal((WitnessAnswer.Unknown, "its answer is not signed with the shared key for this question"), (replayed.Answer, replayed.Reason));
        Assert.Equal(WitnessAnswer.Unknown, (await AskAsync(world, nonce => (down, WitnessSignature.OfAnswer(otherKey, nonce, 200, Machine, down)))).Answer);
        Assert.Equal(WitnessAnswer.Unknown, (await AskAsync(world, nonce => (down, null))).Answer);
        Assert.Equal(WitnessAnswer.Unknown, (await AskAsync(world, nonce => (down, WitnessSignature.OfAnswer(Key, nonce, 200, Machine, down)), new string('f', 64))).Answer);
        Assert.Equal(WitnessAnswer.Unknown, (await AskAsync(world, nonce => (down, WitnessSignature.OfAnswer(Key, nonce, 200, "", down)), null)).Answer);
        Assert.Equal(WitnessAnswer.Unknown, (await AskAsync(world, nonce => ([.. down, (byte)'\n'], WitnessSignature.OfAnswer(Key, nonce, 200, Machine, down)))).Answer);
    }

    [Fact]
    public async Task A_signed_answer_that_makes_no_sense_is_unknown()
    {
        await using var world = await WitnessWorld.StartAsync();
        Task<WitnessOpinion> SayAsync(byte[] body) => AskAsync(world, nonce => (body, WitnessSignature.OfAnswer(Key, nonce, 200, Machine, body)));
        var now = DateTimeOffset.UtcNow;

        Assert.Equal(WitnessAnswer.Unknown, (await SayAsync("[]"u8.ToArray())).Answer);
        Assert.Equal(WitnessAnswer.Unknown, (await SayAsync("[null]"u8.ToArray())).Answer);
        Assert.Equal(WitnessAnswer.Unknown, (await SayAsync("[{\"answer\":2}]"u8.ToArray())).Answer);
        Assert.Equal(WitnessAnswer.Unknown, (await SayAsync(new byte[WitnessJson.MostBytes + 1])).Answer);
        Assert.Equal(WitnessAnswer.Unknown, (await SayAsync(WitnessJson.Write(new[] { new WitnessStatement { Answer = WitnessAnswer.Down, Reason = "Dead." } }))).Answer);
        var old = await SayAsync(WitnessJson.Write(new[] { new WitnessStatement { Answer = WitnessAnswer.Down, Reason = "Dead.", LookedAt = now, Age = 16_000 } }));
        Assert.Equal(WitnessAnswer.Unknown, old.Answer);
    }

    [Fact]
    public async Task Sites_by_the_hundred_are_asked_in_several_requests_and_answered_in_order()
    {
        await using var world = await WitnessWorld.StartAsync();
        using var client = world.Client(await world.WitnessAsync(), timeout: TimeSpan.FromSeconds(60));
        var targets = Enumerable.Range(0, WitnessJson.MostQuestions + 2)
            .Select(i => (i % 2 == 0 ? world.Acme : world.Acme with { Name = $"nosuch{i}" }, world.Acme.Primary)).ToArray();

        var opinions = await client.AskAsync(targets, CancellationToken.None, CancellationToken.None);

        Assert.Equal(
            targets.Select(static (_, i) => i % 2 == 0 ? WitnessAnswer.Serves : WitnessAnswer.Unknown),
            opinions.Select(static opinion => opinion.Answer));
    }

    private static async Task<WitnessOpinion> AskAsync(WitnessWorld world, Func<string, (byte[] Body, string? Signature)> answer, string? machine = Machine)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        await using var imposter = builder.Build();
        imposter.Run(async context =>
        {
            var (body, signature) = answer(context.Request.Headers[WitnessSignature.NonceHeader].ToString());
            context.Response.Headers[WitnessSignature.SignatureHeader] = signature;
            context.Response.Headers[WitnessSignature.MachineHeader] = machine;
            await context.Response.Body.WriteAsync(body);
        });
        await imposter.StartAsync();
        return await world.AskAsync(world.Client(imposter.Urls.First()));
    }

    private static Signed Request(DateTimeOffset time, byte[] body, string? nonce = null, string witness = "nyc")
    {
        var (sent, once) = (WitnessSignature.TimeText(time), nonce ?? WitnessSignature.NewNonce());
        return new Signed(sent, once, WitnessSignature.OfQuestion(Key, witness, sent, once, body), body, witness);
    }

    private static async Task<HttpStatusCode> SendAsync(HttpClient http, Signed request)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, WitnessSignature.Path) { Content = new ByteArrayContent(request.Body) };
        message.Headers.Add(WitnessSignature.WitnessHeader, request.Witness);
        message.Headers.Add(WitnessSignature.TimeHeader, request.Time);
        message.Headers.Add(WitnessSignature.NonceHeader, request.Nonce);
        message.Headers.Add(WitnessSignature.SignatureHeader, request.Signature);
        using var answer = await http.SendAsync(message);
        return answer.StatusCode;
    }

    // Only says how much would come: a sender in the middle of a body might lose the answer to the end of the connection.
    private static async Task<string?> AnnounceAsync(Uri witness, Signed request)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        using var client = new TcpClient();
        await client.ConnectAsync(witness.Host, witness.Port, limit.Token);
        await using var stream = client.GetStream();
        var head = string.Create(
            CultureInfo.InvariantCulture,
            $"""
            POST {WitnessSignature.Path} HTTP/1.1
            Host: {witness.Authority}
            Content-Length: {request.Body.Length}
            {WitnessSignature.WitnessHeader}: {request.Witness}
            {WitnessSignature.TimeHeader}: {request.Time}
            {WitnessSignature.NonceHeader}: {request.Nonce}
            {WitnessSignature.SignatureHeader}: {request.Signature}


            """).ReplaceLineEndings("\r\n");
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head), limit.Token);
        using var reader = new StreamReader(stream);
        return await reader.ReadLineAsync(limit.Token);
    }

    private sealed record Signed(string Time, string Nonce, string Signature, byte[] Body, string Witness);
}
