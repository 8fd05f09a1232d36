using HostingOps.Engine.Health;
using HostingOps.Engine.Watch.Witnesses;
using HostingOps.Engine.Watch.Witnesses.Agents;
using HostingOps.Testing;

namespace HostingOps.Engine.Tests.Watch.Witnesses;

public sealed class SiteLooksTests
{
    private static readonly IReadOnlyList<string> Checks = ["https://known-good.example/"];

    private readonly ManualTimeProvider clock = new();
    private readonly Queue<TaskCompletionSource<SiteHealth>> probes = new();
    private ObserverSanity sanity = new(true, true, "It answers.");
    private int begun;
    private int observed;

    [Fact]
    public async Task Several_askers_share_a_look_and_a_second_later_it_is_made_anew()
    {
        var looks = Looks();
        var first = Look(looks);
        var second = Look(looks);
        (await ProbeAsync()).SetResult(Health(SiteStatus.Healthy));

        Assert.Same(await first, await second);
        Assert.Same(await first, await Look(looks));
        Assert.Equal(1, begun);

        clock.Advance(TimeSpan.FromSeconds(1));
        var third = Look(looks);
        (await ProbeAsync()).SetResult(Health(SiteStatus.Degraded));
        Assert.Equal((WitnessAnswer.Serves, 2), ((await third).Answer, begun));
    }

    [Fact]
    public async Task A_look_from_before_the_clock_was_set_back_is_not_taken_for_a_fresh_one()
    {
        var looks = Looks();
        var before = Look(looks);
        (await ProbeAsync()).SetResult(Health(SiteStatus.Healthy));
        await before.WaitAsync(Eventually.Patience);

        clock.Set(TimeSpan.FromMinutes(-60));
        var after = Look(looks);
        Assert.NotSame(before, after);
        (await ProbeAsync()).SetResult(Health(SiteStatus.Healthy));
        Assert.Equal(clock.GetUtcNow(), (await after.WaitAsync(Eventually.Patience)).At);
    }

    [Fact]
    public async Task Down_takes_two_probes_and_a_known_good_address()
    {
        var looks = Looks();
        var look = Look(looks);
        (await ProbeAsync()).SetResult(Health(SiteStatus.Down));
        Assert.Equal(1, begun);
        Assert.False(look.IsCompleted);

        await AdvanceUntilAsync(() => begun == 2);
        (await ProbeAsync()).SetResult(Health(SiteStatus.Down));

        Assert.Equal(WitnessAnswer.Down, (await look).Answer);
        Assert.Equal(1, observed);
    }

    [Fact]
    public async Task One_answer_of_the_two_is_enough_to_serve_and_a_probe_that_saw_nothing_is_no_failure()
    {
        var serves = Look(Looks());
        var slow = await ProbeAsync();
        await AdvanceUntilAsync(() => begun == 2);
        (await ProbeAsync()).SetResult(Health(SiteStatus.Healthy));
        Assert.Equal(WitnessAnswer.Serves, (await serves).Answer);
        slow.TrySetResult(Health(SiteStatus.Down));

        begun = 0;
        var unclear = Look(Looks());
        (await ProbeAsync()).SetResult(Health(SiteStatus.Unknown));
        await AdvanceUntilAsync(() => begun == 2);
        (await ProbeAsync()).SetResult(Health(SiteStatus.Down));
        Assert.Equal(WitnessAnswer.Unknown, (await unclear).Answer);
    }

    [Fact]
    public async Task A_probe_that_breaks_has_seen_nothing_and_the_other_one_may()
    {
        var broken = Look(Looks());
        (await ProbeAsync()).SetException(new InvalidOperationException("Broken."));
        await AdvanceUntilAsync(() => begun == 2);
        (await ProbeAsync()).SetResult(Health(SiteStatus.Down));
        Assert.Equal(new SiteLook(WitnessAnswer.Unknown, "The probe failed: InvalidOperationException: Broken.", clock.GetUtcNow()), await broken);

        begun = 0;
        var serves = Look(Looks());
        (await ProbeAsync()).SetException(new InvalidOperationException("Broken."));
        await AdvanceUntilAsync(() => begun == 2);
        (await ProbeAsync()).SetResult(Health(SiteStatus.Healthy));
        Assert.Equal(WitnessAnswer.Serves, (await serves).Answer);
    }

    [Fact]
    public async Task Without_a_known_good_address_that_answers_it_is_never_down()
    {
        sanity = new ObserverSanity(false, true, "None answers.");
        Assert.Equal(new SiteLook(WitnessAnswer.Unknown, "None answers.", clock.GetUtcNow() + TimeSpan.FromSeconds(1)), await FailAsync(Checks));

        sanity = new ObserverSanity(true, false, "The policy names no observer checks.");
        var unobserved = await FailAsync([]);
        Assert.Equal(WitnessAnswer.Unknown, unobserved.Answer);
        Assert.StartsWith("it has no observerChecks", unobserved.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_memory_of_nonces_takes_each_once_forgets_only_what_has_expired_and_is_bounded()
    {
        var memory = new NonceMemory(TimeSpan.FromMinutes(2), 2, clock);

        Assert.Equal([true, false, true, null, false], new[] { memory.TryTake("a"), memory.TryTake("a"), memory.TryTake("b"), memory.TryTake("c"), memory.TryTake("b") });
        clock.Advance(TimeSpan.FromMinutes(2));
        Assert.False(memory.TryTake("a"));
        clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True(memory.TryTake("c"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("-1")]
    [InlineData("12.5")]
    [InlineData("999999999999999")]
    [InlineData("99999999999999999999999")]
    public void A_time_that_is_none_is_none(string? text) => Assert.Null(WitnessSignature.ReadTime(text));

    [Fact]
    public void A_question_s_signature_covers_all_of_it_and_never_passes_for_an_answer_s()
    {
        var key = WitnessKey.Read("${K}", static _ => new string('k', 32));
        var body = "[]"u8.ToArray();
        var nonce = WitnessSignature.NewNonce();
        var signatures = new[]
        {
            WitnessSignature.OfQuestion(key, "nyc", "1", nonce, body),
            WitnessSignature.OfQuestion(key, "fra", "1", nonce, body),
            WitnessSignature.OfQuestion(key, "nyc", "2", nonce, body),
            WitnessSignature.OfQuestion(key, "nyc", "1", WitnessSignature.NewNonce(), body),
            WitnessSignature.OfQuestion(key, "nyc", "1", nonce, "[ ]"u8),
            WitnessSignature.OfQuestion(WitnessKey.Read("${K}", static _ => new string('l', 32)), "nyc", "1", nonce, body),
            WitnessSignature.OfAnswer(key, nonce, 200, "m", body),
            WitnessSignature.OfAnswer(key, nonce, 200, "n", body),
            WitnessSignature.OfAnswer(key, nonce, 500, "m", body),
        };

        Assert.Equal(signatures.Length, signatures.Distinct().Count());
        Assert.DoesNotContain(new string('k', 32), key.ToString(), StringComparison.Ordinal);
        Assert.True(WitnessSignature.AreEqual(signatures[0], signatures[0]));
        Assert.False(WitnessSignature.AreEqual(signatures[0], null));
    }

    [Fact]
    public void Another_machine_s_words_are_one_bounded_line()
    {
        var said = WitnessJson.Sentence("a\u001b[31m\nb\u2028c" + string.Concat(Enumerable.Repeat("😀", 400)));

        Assert.StartsWith("a[31mbc😀", said, StringComparison.Ordinal);
        Assert.InRange(said.Length, 290, WitnessJson.MostReason);
        Assert.False(char.IsHighSurrogate(said[^1]));
    }

    private async Task<SiteLook> FailAsync(IReadOnlyList<string> checks)
    {
        begun = 0;
        var look = Looks().LookAsync(TestSites.Acme(), TestSites.DigitalOcean, checks);
        (await ProbeAsync()).SetResult(Health(SiteStatus.Down));
        await AdvanceUntilAsync(() => begun == 2);
        (await ProbeAsync()).SetResult(Health(SiteStatus.Down));
        return await look.WaitAsync(Eventually.Patience);
    }

    private SiteLooks Looks() => new(
        (_, _, token) =>
        {
            var probe = new TaskCompletionSource<SiteHealth>(TaskCreationOptions.RunContinuationsAsynchronously);
            token.Register(() => probe.TrySetCanceled(token));
            lock (probes)
            {
                begun++;
                probes.Enqueue(probe);
            }

            return probe.Task;
        },
        (_, _) =>
        {
            observed++;
            return Task.FromResult(sanity);
        },
        8,
        clock,
        CancellationToken.None);

    private static readonly HostedSite Acme = TestSites.Acme();

    private static Task<SiteLook> Look(SiteLooks looks) => looks.LookAsync(Acme, Acme.Primary, Checks).WaitAsync(Eventually.Patience);

    private async Task<TaskCompletionSource<SiteHealth>> ProbeAsync()
    {
        TaskCompletionSource<SiteHealth>? probe = null;
        await Eventually.HoldsAsync(() =>
        {
            lock (probes)
            {
                return probes.TryDequeue(out probe);
            }
        });
        return probe!;
    }

    // The timer may be set a moment after the look has begun.
    private async Task AdvanceUntilAsync(Func<bool> holds)
    {
        await Eventually.HoldsAsync(() => clock.NextDue <= clock.GetUtcNow() + TimeSpan.FromSeconds(1));
        clock.Advance(TimeSpan.FromSeconds(1));
        await Eventually.HoldsAsync(holds);
    }

    private SiteHealth Health(SiteStatus status) => new()
    {
        SiteName = "acme", Target = HealthTarget.Primary, Status = status, Reason = $"It is {status}.", CheckedAt = clock.GetUtcNow(),
    };
}
