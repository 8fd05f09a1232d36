using System.Collections.Concurrent;
using HostingOps.Engine.Health;
using HostingOps.Engine.Watch;
using HostingOps.Engine.Watch.Verdicts;

namespace HostingOps.Engine.Tests.Watch.Watching;

/// <summary>What goes wrong around the checks must not end the watch, nor cost a site its checks or its verdict.</summary>
public sealed class WatchLoopFaultTests
{
    private static readonly ObserverSanity Sane = new(true, true, "It sees.");

    private static HostedSite[] Sites(int count) => [.. Enumerable.Range(0, count).Select(number => TestSites.Site($"site{number}"))];

    [Fact]
    public async Task Checks_of_the_address_before_say_nothing_of_the_one_that_a_host_moved_to()
    {
        var sites = Sites(1);
        await using var run = new LoopRun(sites, stage: checker => checker.Stage = (target, trace, token) =>
            target.Host is { Name: "do-1", Address: "203.0.113.10" }
                ? SlowlySilentAsync(checker, target, trace)
                : Task.FromResult(checker.Health(target, SiteStatus.Healthy)));
        await UntilAsync(run, () => run.Checker.Begun.Count(check => check.Host == "do-1") == 3);
        var before = run.Changes.Count;
        run.Watch([sites[0] with { Primary = sites[0].Primary with { Address = "203.0.113.99" } }]);

        // They pay no heed to being cut off and end in their own time; the new address is checked meanwhile and after.
        await run.PassAsync(TimeSpan.FromSeconds(60));
        Assert.Equal(WatchState.Healthy, run.Verdict("site0").State);
        Assert.All(run.Changes.Skip(before).Where(change => change.Target.Host.Name == "do-1"), change => Assert.Equal(WatchState.Healthy, change.Verdict.State));
        Assert.Equal(0, run.Snapshot().ChecksUnderWay);
    }

    [Fact]
    public async Task Checks_of_the_address_before_are_cut_off()
    {
        var sites = Sites(1);
        var cutOff = 0;
        await using var run = new LoopRun(sites, stage: checker => checker.Stage = (target, trace, token) =>
        {
            token.Register(() => Interlocked.Increment(ref cutOff));
            return target.Host is { Name: "do-1", Address: "203.0.113.10" } ? checker.SilenceAsync(target, trace, token) : Task.FromResult(checker.Health(target, SiteStatus.Healthy));
        });
        await UntilAsync(run, () => run.Checker.Begun.Count(check => check.Host == "do-1") == 3);
        run.Watch([sites[0] with { Primary = sites[0].Primary with { Address = "203.0.113.99" } }]);
        for (var turn = 0; turn < 1000 && (Volatile.Read(ref cutOff) < 3 || run.Snapshot().ChecksUnderWay > 0); turn++)
        {
            await run.RestAsync();
            await Task.Delay(10);
        }

        Assert.Equal(3, cutOff);
        Assert.Equal(0, run.Snapshot().ChecksUnderWay);
    }

    [Fact]
    public async Task A_question_to_the_observer_that_was_cut_off_by_itself_is_asked_again()
    {
        var asked = 0;
        await using var run = new LoopRun(Sites(1), stage: checker => checker.Stage = checker.SilenceAsync)
        {
            Observer = _ => ++asked == 1 ? throw new TaskCanceledException() : Task.FromResult(Sane),
        };
        await run.PassAsync(TimeSpan.FromMinutes(2));
        Assert.True(asked > 1);
        Assert.Equal(WatchState.Down, run.Verdict("site0").State);
    }

    [Fact]
    public async Task A_listener_that_throws_at_the_news_costs_nobody_else_the_news_and_is_told_once()
    {
        var warnings = new Warnings();
        await using var run = new LoopRun(Sites(2), change: settings => settings with { Listeners = [new Throwing(), .. settings.Listeners], Reporter = warnings });
        await run.PassAsync(TimeSpan.FromMinutes(2));
        Assert.False(run.Running.IsCompleted);
        Assert.Equal(2, run.Changes.Count(change => change is { Target.Host.Name: "do-1", Verdict.State: WatchState.Healthy }));
        Assert.InRange(run.Checks.Count, 8, 20);
        Assert.Equal("Throwing failed at the news of a check, and the watch goes on: InvalidOperationException: odd", Assert.Single(warnings.Told));
    }

    [Fact]
    public async Task A_check_that_hangs_is_given_up_as_evidence_of_nothing_its_place_is_free_and_no_other_is_begun_beside_it()
    {
        var warnings = new Warnings();
        var hangs = false;
        var hanging = new TaskCompletionSource<SiteHealth>();
        await using var run = new LoopRun(Sites(1), places: 1, change: settings => settings with { Reporter = warnings }, stage: checker => checker.Stage = (target, trace, _) =>
        {
            trace.Meet();
            return hangs && target.Host.Name == "do-1" ? hanging.Task : Task.FromResult(checker.Health(target, SiteStatus.Healthy));
        });
        await run.PassAsync(TimeSpan.FromSeconds(31));
        Assert.Equal(WatchState.Healthy, run.Verdict("site0").State);

        hangs = true;
        var before = run.Checker.Begun.Count(static check => check.Host == "do-1");
        await UntilAsync(run, () => run.Verdict("site0").State == WatchState.Unknown);
        Assert.Equal("The check did not end within 20 s and was given up.", run.Verdict("site0").Reason);
        Assert.Equal("site0 on do-1: The check did not end within 20 s and was given up. It is not checked again before that has ended.", Assert.Single(warnings.Told));
        Assert.Equal(0, run.Snapshot().ChecksUnderWay);

        await run.PassAsync(TimeSpan.FromMinutes(10));
        Assert.Equal(before + 1, run.Checker.Begun.Count(static check => check.Host == "do-1"));
        Assert.Matches("^Its check of [0-9:]{8}Z was given up and still hangs, so no other is begun.$", run.Verdict("site0").Reason);
        Assert.Equal(WatchState.Healthy, run.Verdict("site0", "li-1").State);
        Assert.Single(warnings.Told);

        hangs = false;
        hanging.SetResult(run.Checker.Health(run.Snapshot().Targets[0].Target, SiteStatus.Down));
        await run.PassAsync(TimeSpan.FromSeconds(31));
        Assert.Equal(WatchState.Healthy, run.Verdict("site0").State);
        Assert.Equal(0, run.Snapshot().ChecksUnderWay);
    }

    [Fact]
    public async Task A_check_during_which_this_machine_slept_has_its_time_after_it()
    {
        var warnings = new Warnings();
        var answer = new TaskCompletionSource<SiteHealth>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var run = new LoopRun(Sites(1), change: settings => settings with { Reporter = warnings }, stage: checker => checker.Stage = (target, trace, _) =>
        {
            trace.Meet();
            return target.Host.Name == "do-1" ? answer.Task : Task.FromResult(checker.Health(target, SiteStatus.Healthy));
        });
        await UntilAsync(run, () => run.Checker.Begun.Any(check => check.Host == "do-1"));
        await run.PassAsync(TimeSpan.FromSeconds(2));
        run.Time.Advance(TimeSpan.FromMinutes(14));
        await run.PassAsync(TimeSpan.FromSeconds(2));
        answer.SetResult(run.Checker.Health(run.Snapshot().Targets[0].Target, SiteStatus.Healthy));
        await run.PassAsync(TimeSpan.FromSeconds(1));
        Assert.Empty(warnings.Told);
        Assert.Equal(WatchState.Healthy, run.Verdict("site0").State);
    }

    [Fact]
    public async Task A_check_that_fails_at_being_cut_off_still_makes_room()
    {
        var odd = true;

        // One place, and silent checks that would keep it for a minute each.
        var sites = Sites(2).Select(static site => site with { Check = site.Check with { Timeout = TimeSpan.FromMinutes(1) } }).ToArray();
        await using var run = new LoopRun(sites, places: 1, stage: checker => checker.Stage = (target, trace, token) =>
        {
            token.Register(() =>
            {
                if (odd)
                {
                    throw new InvalidOperationException("odd");
                }
            });
            return checker.SilenceAsync(target, trace, token);
        });
        await run.PassAsync(TimeSpan.FromSeconds(150));
        odd = false;
        Assert.True(run.Checker.Begun.Count > 8, $"{run.Checker.Begun.Count} checks began.");
    }

    [Fact]
    public async Task A_standby_at_a_long_interval_is_down_once_and_healthy_soon_after_it_has_come_back()
    {
        var sites = Sites(1).Select(static site => site with { Check = site.Check with { StandbyInterval = TimeSpan.FromMinutes(20), HoldDown = TimeSpan.FromSeconds(45) } }).ToArray();
        var dead = true;
        await using var run = new LoopRun(sites, stage: checker => checker.Stage = (target, trace, token) =>
            dead && target.Host.Name == "li-1" ? checker.SilenceAsync(target, trace, token) : Task.FromResult(checker.Health(target, SiteStatus.Healthy)));
        await run.PassAsync(TimeSpan.FromMinutes(61), TimeSpan.FromMilliseconds(250));
        dead = false;
        await run.PassAsync(TimeSpan.FromMinutes(22), TimeSpan.FromMilliseconds(250));
        Assert.Equal(
            [WatchState.Suspect, WatchState.Down, WatchState.Recovering, WatchState.Healthy],
            run.Changes.Where(change => change.Target.Host.Name == "li-1").Select(change => change.Verdict.State));
    }

    private static async Task<SiteHealth> SlowlySilentAsync(StagedChecker checker, WatchTarget target, ProbeTrace trace)
    {
        trace.Knock();
        await checker.Pauses.WaitAsync(target.Site.Check.Timeout, CancellationToken.None);
        return checker.Health(target, SiteStatus.Down, silent: true);
    }

    private static async Task UntilAsync(LoopRun run, Func<bool> seen)
    {
        for (var turn = 0; turn < 6000 && !seen(); turn++)
        {
            await run.PassAsync(TimeSpan.FromMilliseconds(100));
        }

        Assert.True(seen());
    }

    private sealed class Warnings : IOperationReporter
    {
        public ConcurrentQueue<string> Told { get; } = new();

        public void Progress(OperationProgress progress)
        {
        }

        public void Verbose(string message)
        {
        }

        public void Warning(string message) => Told.Enqueue(message);
    }

    private sealed class Throwing : IWatchListener
    {
        public void Checked(TargetCheck check) => throw new InvalidOperationException("odd");

        public void Changed(VerdictChange change) => throw new InvalidOperationException("odd");

        public Task RunAsync(IWatchView view, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task SettleAsync(IWatchView view, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
