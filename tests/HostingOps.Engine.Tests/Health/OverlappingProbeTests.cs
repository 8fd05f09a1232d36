using FsCheck;
using FsCheck.Fluent;
using HostingOps.Engine.Health;
using HostingOps.Testing;

namespace HostingOps.Engine.Tests.Health;

/// <summary>Confirming probes that overlap, on a clock moved by hand: when each begins, what ends them, and what is made of them.</summary>
public sealed class OverlappingProbeTests
{
    private static readonly HealthCheckPolicy Policy = new() { FailAfter = 3, ConfirmInterval = TimeSpan.FromSeconds(1) };

    private static readonly DateTimeOffset Start = new ManualTimeProvider().GetUtcNow();

    [Fact]
    public async Task A_silent_host_is_confirmed_in_the_time_of_one_timeout_and_the_pauses()
    {
        var row = await RunAsync(Policy, Silent, Silent, Silent);

        Assert.Equal([0, 1, 2], row.Begun);
        Assert.Equal(7, row.Took);
        Assert.Equal(3, row.Seen!.Count);
        Assert.Equal(HealthVerdictKind.Down, HealthVerdict.Decide(row.Seen, Policy).Kind);
    }

    [Fact]
    public async Task The_first_answer_ends_it_and_cancels_the_probes_under_way()
    {
        var row = await RunAsync(Policy, Silent, (3, SiteStatus.Healthy), Silent);

        Assert.Equal(4, row.Took);
        Assert.Equal(2, row.Cancelled);
        Assert.Equal(HealthVerdictKind.NotDown, HealthVerdict.Decide(row.Seen!, Policy).Kind);
    }

    [Fact]
    public async Task A_late_answer_of_an_early_probe_counts_although_later_ones_have_failed()
    {
        var row = await RunAsync(Policy, (4.5, SiteStatus.Degraded), Refused, Refused);

        Assert.Equal(4.5, row.Took);
        Assert.Equal([SiteStatus.Down, SiteStatus.Down, SiteStatus.Degraded], row.Seen!.Select(static seen => seen.Status));
        Assert.Equal(HealthVerdictKind.NotDown, HealthVerdict.Decide(row.Seen!, Policy).Kind);
    }

    [Fact]
    public async Task A_probe_that_could_not_be_made_breaks_the_row_and_only_fresh_failures_count()
    {
        var row = await RunAsync(Policy, Silent, (1.5, SiteStatus.Unknown), Refused, Refused, Refused);

        Assert.Equal([0, 1, 2, 3, 4], row.Begun);
        Assert.Equal(5, row.Took);
        Assert.Equal(HealthVerdictKind.Down, HealthVerdict.Decide(row.Seen!, Policy).Kind);
        Assert.Equal(3, HealthVerdict.TrailingFailures(row.Seen!));
    }

    [Fact]
    public async Task No_more_probes_are_begun_than_may_be_needed()
    {
        var row = await RunAsync(Policy with { FailAfter = 1 }, Silent);

        Assert.Equal([0], row.Begun);
        Assert.Equal(5, row.Took);
    }

    [Fact]
    public async Task A_probe_that_had_to_wait_for_its_turn_is_still_apart_from_the_next()
    {
        var clock = new ManualTimeProvider();
        var begun = new List<double>();
        var turn = new TaskCompletionSource();
        var run = Task.Run(() => ConfirmedProbe.RunAsync(
            async token =>
            {
                await turn.Task.WaitAsync(token);
                begun.Add((clock.GetUtcNow() - Start).TotalSeconds);
                return Task.FromResult(HealthSamples.Seen(SiteStatus.Down));
            },
            Policy,
            clock,
            CancellationToken.None));

        clock.Advance(TimeSpan.FromSeconds(10));
        turn.SetResult();
        await Eventually.HoldsAsync(() => run.IsCompleted, () => clock.Advance(TimeSpan.FromSeconds(0.25)));
        await run;
        Assert.Equal(3, begun.Count);
        Assert.All(begun.Zip(begun.Skip(1)), static pair => Assert.True(pair.Second - pair.First >= 1, $"{pair.First} and {pair.Second}"));
    }

    [Fact]
    public async Task Cancelling_ends_the_probes_under_way()
    {
        var row = await RunAsync(Policy, cancelAfter: 2.5, [Silent, Silent, Silent]);

        Assert.Null(row.Seen);
        Assert.Equal(3, row.Cancelled);
    }

    [Fact]
    public void Whatever_the_probes_see_down_takes_fresh_failures_in_a_row_and_an_answer_is_never_overlooked()
    {
        var probes = (
            from took in Gen.Choose(0, 10)
            from seen in Gen.Elements(SiteStatus.Down, SiteStatus.Down, SiteStatus.Down, SiteStatus.Unknown, SiteStatus.Healthy)
            select (Took: took / 2.0, Seen: seen)).ArrayOf(8);
        Prop.ForAll(Gen.Choose(1, 4).ToArbitrary(), probes.ToArbitrary(), Holds).QuickCheckThrowOnFailure();
    }

    private static void Holds(int failAfter, (double Took, SiteStatus Seen)[] script)
    {
        var policy = Policy with { FailAfter = failAfter };
        var row = RunAsync(policy, script).WaitAsync(Eventually.Patience).GetAwaiter().GetResult();

        Assert.All(row.Begun.Zip(row.Begun.Skip(1)), static pair => Assert.True(pair.Second - pair.First >= 1, $"{pair.First} and {pair.Second}"));
        var verdict = HealthVerdict.Decide(row.Seen!, policy).Kind;
        var ended = script.Take(row.Begun.Count).Select((probe, i) => (probe.Seen, At: row.Begun[i] + probe.Took)).ToArray();
        var answered = ended.Any(probe => probe.Seen == SiteStatus.Healthy && probe.At <= row.Took);
        Assert.Equal(answered, verdict == HealthVerdictKind.NotDown);
        if (verdict == HealthVerdictKind.Down)
        {
            Assert.All(ended[^policy.FailAfter..], probe => Assert.Equal(SiteStatus.Down, probe.Seen));
            Assert.All(ended, probe => Assert.True(probe.At <= row.Took));
        }
        else if (verdict == HealthVerdictKind.Unknown)
        {
            Assert.Equal(2 * policy.FailAfter, row.Begun.Count);
        }
    }

    private static (double Took, SiteStatus Seen) Silent => (5, SiteStatus.Down);

    private static (double Took, SiteStatus Seen) Refused => (0, SiteStatus.Down);

    private static Task<Row> RunAsync(HealthCheckPolicy policy, params (double Took, SiteStatus Seen)[] script) => RunAsync(policy, null, script);

    // On the pool, where what a timer sets going runs at once and not by another context's leave. The probes' token is
    // cancelled in the moment in which it is decided.
    private static Task<Row> RunAsync(HealthCheckPolicy policy, double? cancelAfter, (double Took, SiteStatus Seen)[] script) => Task.Run(async () =>
    {
        var clock = new ManualTimeProvider();
        var row = new Row();
        var under = CancellationToken.None;
        using var cancel = new CancellationTokenSource();
        var run = ConfirmedProbe.RunAsync(
            async token =>
            {
                under = token;
                var (took, seen) = script[row.Begun.Count];
                row.Begun.Add(Now());
                try
                {
                    await Task.Delay(TimeSpan.FromSeconds(took), clock, token);
                    return HealthSamples.Seen(seen);
                }
                catch (OperationCanceledException)
                {
                    Interlocked.Increment(ref row.Cancelled);
                    throw;
                }
            },
            policy,
            clock,
            cancel.Token);
        while (!under.IsCancellationRequested && Now() < 100)
        {
            clock.Advance(TimeSpan.FromSeconds(0.5));
            if (cancelAfter <= Now())
            {
                cancel.Cancel();
            }
        }

        row.Took = Now();
        try
        {
            row.Seen = await run.WaitAsync(HealthSamples.Patience);
        }
        catch (OperationCanceledException)
        {
            Assert.NotNull(cancelAfter);
        }

        return row;

        double Now() => (clock.GetUtcNow() - Start).TotalSeconds;
    });

    private sealed class Row
    {
        public int Cancelled;

        public List<double> Begun { get; } = [];

        public double Took { get; set; }

        public IReadOnlyList<SiteHealth>? Seen { get; set; }
    }
}
