using HostingOps.Engine.Health;
using HostingOps.Engine.Watch.Witnesses;
using HostingOps.Engine.Watch.Witnesses.Agents;
using HostingOps.Testing;

namespace HostingOps.Engine.Tests.Watch.Witnesses;

public sealed class WitnessDeskTests
{
    private static readonly WitnessKey Key = WitnessKey.Read("${K}", static _ => new string('k', 32));
    private static readonly string Machine = MachineMark.Of("test");
    private static readonly HostedSite Broken = Quick("broken");
    private static readonly HostedSite Fine = Quick("fine");
    private static readonly HostedSite Dead = Quick("dead");

    private readonly TaskCompletionSource hold = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact]
    public async Task One_question_that_breaks_leaves_the_others_their_answers()
    {
        var statements = Read(await AskAsync(Desk(), Question([Broken, Fine, Dead])));

        // The dead one's observer check breaks, which is not a probe's fault and is told as its own.
        Assert.Equal([WitnessAnswer.Unknown, WitnessAnswer.Serves, WitnessAnswer.Unknown], statements.Select(static one => one.Answer));
        Assert.Contains("Boom", statements[0].Reason, StringComparison.Ordinal);
        Assert.Equal("the look failed: InvalidOperationException: No network.", statements[2].Reason);
    }

    [Fact]
    public void What_is_not_formed_like_a_question_is_refused_before_its_body_is_read()
    {
        var good = Question([Fine]);
        Assert.Null(Refusal(good));
        Assert.Equal(401, Refusal(With(good, WitnessSignature.TimeHeader, "0")));
        Assert.Equal(401, Refusal(With(good, WitnessSignature.TimeHeader, null)));
        Assert.Equal(401, Refusal(With(good, WitnessSignature.NonceHeader, "short")));
        Assert.Equal(401, Refusal(With(good, WitnessSignature.SignatureHeader, null)));
        Assert.Equal(401, Refusal(With(good, WitnessSignature.SignatureHeader, new string('A', 64))));
        Assert.Equal(421, Refusal(With(good, WitnessSignature.WitnessHeader, "fra")));
        Assert.Equal(421, Refusal(With(good, WitnessSignature.WitnessHeader, null)));
        Assert.Equal(421, Refusal(With(good, WitnessSignature.WitnessHeader, "%")));
    }

    [Fact]
    public async Task A_question_that_is_not_signed_or_was_asked_before_is_not_answered()
    {
        var desk = Desk();
        var question = Question([Fine]);

        Assert.Equal(401, (await AskAsync(desk, With(question, WitnessSignature.SignatureHeader, new string('a', 64)))).Status);
        Assert.Equal(401, (await AskAsync(desk, question with { Body = [.. question.Body, (byte)' '] })).Status);
        var answer = await AskAsync(desk, question);
        Assert.Equal((200, Machine), (answer.Status, answer.Machine));
        Assert.Equal(WitnessSignature.OfAnswer(Key, question.Headers[WitnessSignature.NonceHeader]!, 200, Machine, answer.Body), answer.Signature);
        Assert.Equal(401, (await AskAsync(desk, question)).Status);
    }

    [Fact]
    public async Task A_question_that_is_dated_ahead_can_t_be_asked_again_for_as_long_as_its_time_is_accepted()
    {
        var clock = new ManualTimeProvider();
        var desk = Desk(clock);
        var question = Question([Fine], clock.GetUtcNow().AddSeconds(60));
        Assert.Equal(401, (await AskAsync(desk, Question([Fine], clock.GetUtcNow().AddMilliseconds(60_001)))).Status);
        Assert.Equal(200, (await AskAsync(desk, question)).Status);

        clock.Advance(TimeSpan.FromSeconds(120));
        Assert.Null(desk.Refusal(question.Headers.GetValueOrDefault));
        Assert.Equal("asked before\n", System.Text.Encoding.UTF8.GetString((await AskAsync(desk, question)).Body));
        clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(401, desk.Refusal(question.Headers.GetValueOrDefault)?.Status);
    }

    [Fact]
    public void A_nonce_is_forgotten_when_its_time_is_over_and_none_before_that_to_make_room()
    {
        var clock = new ManualTimeProvider();
        var nonces = new NonceMemory(TimeSpan.FromMinutes(2), 2, clock);
        Assert.True(nonces.TryTake("a"));
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.True(nonces.TryTake("b"));
        Assert.Null(nonces.TryTake("c"));
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.False(nonces.TryTake("a"));

        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.True(nonces.TryTake("c"));
        Assert.False(nonces.TryTake("b"));
        Assert.Null(nonces.TryTake("a"));
    }

    [Fact]
    public async Task Only_questions_that_are_signed_take_a_place()
    {
        var desk = Desk();
        var slow = Enumerable.Range(0, 32).Select(_ => AskAsync(desk, Question([Quick("slow")]))).ToArray();

        Assert.Equal(401, (await AskAsync(desk, With(Question([Fine]), WitnessSignature.SignatureHeader, new string('a', 64)))).Status);
        Assert.Equal(503, (await AskAsync(desk, Question([Fine]))).Status);
        hold.SetResult();
        Assert.All(await Task.WhenAll(slow).WaitAsync(Eventually.Patience), static reply => Assert.Equal(200, reply.Status));
        Assert.Equal(200, (await AskAsync(desk, Question([Fine]))).Status);
    }

    private static HostedSite Quick(string name)
    {
        var site = TestSites.Site(name);
        return site with { Check = site.Check with { ConfirmInterval = TimeSpan.FromMilliseconds(1) } };
    }

    private WitnessDesk Desk(TimeProvider? clock = null) => new(
        Key,
        "nyc",
        Machine,
        new SiteLooks(
            async (site, _, _) =>
            {
                if (site.Name == "slow")
                {
                    await hold.Task;
                }

                return site.Name == Broken.Name ? throw new InvalidOperationException("Boom.") : new SiteHealth
                {
                    SiteName = site.Name,
                    Target = HealthTarget.Primary,
                    Status = site.Name == Dead.Name ? SiteStatus.Down : SiteStatus.Healthy,
                    Reason = "Seen.",
                    CheckedAt = DateTimeOffset.UtcNow,
                };
            },
            static (_, _) => throw new InvalidOperationException("No network."),
            64,
            TimeProvider.System,
            CancellationToken.None),
        clock ?? TimeProvider.System);

    private static Task<WitnessReply> AskAsync(WitnessDesk desk, Asked question) =>
        desk.AnswerAsync(question.Headers.GetValueOrDefault, question.Body, new HostingInventory
        {
            Zone = "sites.example.net",
            Sites = [Broken, Fine, Dead, Quick("slow")],
            Policy = new FleetPolicy { ObserverChecks = ["https://known-good.example/"] },
        }, CancellationToken.None);

    private int? Refusal(Asked question) => Desk().Refusal(question.Headers.GetValueOrDefault)?.Status;

    private static Asked Question(HostedSite[] sites, DateTimeOffset? at = null)
    {
        var body = WitnessJson.Write(new WitnessInquiry { Budget = 30_000, Questions = [.. sites.Select(static site => WitnessQuestion.Of(site, site.Primary))] });
        var (sent, nonce) = (WitnessSignature.TimeText(at ?? DateTimeOffset.UtcNow), WitnessSignature.NewNonce());
        return new Asked(
            new Dictionary<string, string?>
            {
                [WitnessSignature.WitnessHeader] = "nyc",
                [WitnessSignature.TimeHeader] = sent,
                [WitnessSignature.NonceHeader] = nonce,
                [WitnessSignature.SignatureHeader] = WitnessSignature.OfQuestion(Key, "nyc", sent, nonce, body),
            },
            body);
    }

    private static Asked With(Asked question, string header, string? value) =>
        question with { Headers = new Dictionary<string, string?>(question.Headers) { [header] = value } };

    private static IReadOnlyList<WitnessStatement> Read(WitnessReply reply)
    {
        Assert.Equal(200, reply.Status);
        return WitnessJson.Read<IReadOnlyList<WitnessStatement>>(reply.Body)!;
    }

    private sealed record Asked(Dictionary<string, string?> Headers, byte[] Body);
}
