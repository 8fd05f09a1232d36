using System.Net;
using System.Net.Sockets;
using HostingOps.Engine.Health;
using HostingOps.Engine.Watch.Verdicts;
using HostingOps.Testing;

namespace HostingOps.Engine.Tests.Watch.Watching;

public sealed class WatchLoopTests
{
    private static HostedSite[] Sites(int count) => [.. Enumerable.Range(0, count).Select(number => TestSites.Site($"site{number}"))];

    [Fact]
    public async Task Each_site_is_checked_once_in_each_interval_at_the_same_place_of_it()
    {
        await using var run = new LoopRun(Sites(20));
        await run.PassAsync(TimeSpan.FromMinutes(3));
        foreach (var site in run.Checker.Begun.Where(check => check.Host == "do-1").GroupBy(check => check.Site))
        {
            var times = site.Select(check => check.At).ToList();
            Assert.Equal(6, times.Count);
            Assert.All(times.Zip(times.Skip(1)), pair => Assert.InRange(pair.Second - pair.First, TimeSpan.FromSeconds(29.8), TimeSpan.FromSeconds(30.2)));
        }
    }

    [Fact]
    public async Task Checks_are_spread_over_the_interval()
    {
        await using var run = new LoopRun(Sites(300));
        await run.PassAsync(TimeSpan.FromSeconds(30));
        var start = run.Checker.Begun.Min(check => check.At);
        var perThird = run.Checker.Begun.Where(check => check.Host == "do-1").GroupBy(check => (int)((check.At - start).TotalSeconds / 10)).Select(third => third.Count());
        Assert.All(perThird.Take(3), count => Assert.InRange(count, 60, 140));
    }

    [Fact]
    public async Task A_standby_is_checked_at_its_own_longer_interval()
    {
        await using var run = new LoopRun(Sites(4));
        await run.PassAsync(TimeSpan.FromMinutes(10), TimeSpan.FromSeconds(1));
        Assert.Equal(4 * 2, run.Checker.Begun.Count(check => check.Host == "li-1"));
        Assert.Equal(4 * 20, run.Checker.Begun.Count(check => check.Host == "do-1"));
    }

    [Fact]
    public async Task A_silent_host_is_down_three_seconds_after_the_first_check_began_while_its_checks_go_on()
    {
        await using var run = new LoopRun(Sites(1), stage: checker => checker.Stage = (target, trace, token) =>
            target.Host.Name == "do-1" ? checker.SilenceAsync(target, trace, token) : Task.FromResult(checker.Health(target, SiteStatus.Healthy)));
        await run.PassAsync(TimeSpan.FromSeconds(40));
        var down = run.Changes.Single(change => change.Verdict.State == WatchState.Down);
        var first = run.Checker.Begun.First(check => check.Host == "do-1").At;
        Assert.InRange(run.Checks.First(check => check.Verdict.State == WatchState.Down).Seen.At - first, TimeSpan.FromSeconds(2.9), TimeSpan.FromSeconds(3.3));
        Assert.True(down.Health!.IsHostSilent);
    }

    [Fact]
    public async Task A_machine_that_stands_still_takes_no_silence_for_evidence_before_its_check_has_ended()
    {
        await using var run = new LoopRun(Sites(1), stage: checker => checker.Stage = async (_, trace, _) =>
        {
            trace.Knock();
            return await new TaskCompletionSource<SiteHealth>().Task;
        });
        await run.PassAsync(TimeSpan.FromSeconds(90), TimeSpan.FromSeconds(1.5));
        Assert.NotEmpty(run.Checker.Begun);
        Assert.Empty(run.Changes);
    }

    [Fact]
    public async Task A_connection_that_the_host_took_and_a_busy_machine_did_not_notice_is_no_silence()
    {
        using var host = new TcpListener(IPAddress.Loopback, 0);
        host.Start();
        using var taken = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await taken.ConnectAsync(host.LocalEndpoint);
        await using var run = new LoopRun(Sites(1), stage: checker => checker.Stage = async (_, trace, _) =>
        {
            trace.Knock(taken);
            return await new TaskCompletionSource<SiteHealth>().Task;
        });
        await run.PassAsync(TimeSpan.FromSeconds(90));
        Assert.NotEmpty(run.Checker.Begun);
        Assert.Empty(run.Changes);
    }

    [Fact]
    public async Task Checks_that_are_due_within_a_moment_begin_together()
    {
        await using var run = new LoopRun(Sites(1000));
        await run.PassAsync(TimeSpan.FromSeconds(5), TimeSpan.FromMilliseconds(10));
        Assert.InRange(run.Checker.Begun.Count, 100, 1000);
        Assert.InRange(run.Checker.Begun.Select(check => check.At).Distinct().Count(), 30, 52);
    }

    [Fact]
    public async Task A_silence_that_ends_in_an_answer_is_taken_back()
    {
        await using var run = new LoopRun(Sites(1), stage: checker => checker.Stage = async (target, trace, token) =>
        {
            trace.Knock();
            await checker.Pauses.WaitAsync(TimeSpan.FromSeconds(1.5), token);
            trace.Meet();
            return checker.Health(target, SiteStatus.Healthy);
        });
        await run.PassAsync(TimeSpan.FromMinutes(2));
        Assert.Contains(run.Changes, change => change.Verdict.State == WatchState.Suspect);
        Assert.DoesNotContain(run.Changes, change => change.Verdict.State == WatchState.Down);
        Assert.Equal(WatchState.Healthy, run.Verdict("site0").State);
    }

    [Fact]
    public async Task A_living_host_that_takes_its_time_is_not_asked_again_before_it_has_answered()
    {
        await using var run = new LoopRun(Sites(1), stage: checker => checker.Stage = async (target, trace, token) =>
        {
            trace.Meet();
            await checker.Pauses.WaitAsync(TimeSpan.FromSeconds(4), token);
            return checker.Health(target, SiteStatus.Down);
        });
        await run.PassAsync(TimeSpan.FromSeconds(60));
        Assert.Equal(1, run.Checker.MostFor["site0/do-1"]);
    }

    [Fact]
    public async Task Failures_are_not_believed_while_the_observer_sees_nothing()
    {
        await using var run = new LoopRun(Sites(3), stage: checker => checker.Stage = checker.SilenceAsync)
        {
            Observer = static _ => Task.FromResult(new ObserverSanity(false, true, "Nothing known good answers.")),
        };
        await run.PassAsync(TimeSpan.FromMinutes(2));
        Assert.DoesNotContain(run.Changes, change => change.Verdict.State == WatchState.Down);
        Assert.Equal(WatchState.Unknown, run.Verdict("site0").State);
        Assert.Contains("Nothing known good answers.", run.Verdict("site0").Reason, StringComparison.Ordinal);
        Assert.Equal("Nothing known good answers.", run.Snapshot().ObserverProblem);
    }

    [Fact]
    public async Task The_last_word_on_a_failure_waits_for_the_observers_answer()
    {
        var answer = new TaskCompletionSource<ObserverSanity>();
        await using var run = new LoopRun(Sites(1), stage: checker => checker.Stage = checker.SilenceAsync) { Observer = _ => answer.Task };
        await run.PassAsync(TimeSpan.FromSeconds(36));
        Assert.Equal(WatchState.Suspect, run.Verdict("site0").State);
        answer.SetResult(new ObserverSanity(true, true, "It sees."));
        await run.PassAsync(TimeSpan.FromMilliseconds(200));
        Assert.Equal(WatchState.Down, run.Verdict("site0").State);
    }

    [Fact]
    public async Task An_old_answer_of_the_observer_does_not_count_for_a_row_that_began_after_it()
    {
        // The line breaks in the middle of another site's trouble: the observer has answered just before.
        var cut = false;
        await using var run = new LoopRun(Sites(40), stage: checker => checker.Stage = (target, trace, token) =>
            cut || target.Site.Name == "site0" ? checker.SilenceAsync(target, trace, token) : Task.FromResult(checker.Health(target, SiteStatus.Healthy)));
        run.Observer = Cut(run, () => cut);
        await run.PassAsync(TimeSpan.FromSeconds(45));
        cut = true;
        await run.PassAsync(TimeSpan.FromSeconds(45));
        Assert.All(run.Changes.Where(change => change.Verdict.State == WatchState.Down), change => Assert.Equal("site0", change.Target.Site.Name));
    }

    [Fact]
    public async Task The_observer_is_asked_only_while_something_is_suspect_and_not_more_often_than_needed()
    {
        await using var run = new LoopRun(Sites(50));
        await run.PassAsync(TimeSpan.FromMinutes(1));
        Assert.Empty(run.Asked);

        await using var bad = new LoopRun(Sites(50), stage: checker => checker.Stage = (target, _, _) => Task.FromResult(checker.Health(target, SiteStatus.Down)));
        await bad.PassAsync(TimeSpan.FromMinutes(1));
        Assert.InRange(bad.Asked.Count, 1, 130);
    }

    [Fact]
    public async Task A_suspect_hosts_other_sites_are_checked_at_once_when_asked_for()
    {
        await using var run = new LoopRun(Sites(30));
        await run.PassAsync(TimeSpan.FromMilliseconds(100));
        var before = run.Checker.Begun.Count;
        run.Loop.CheckSoon(["do-1"]);
        await run.RestAsync();
        Assert.InRange(run.Checker.Begun.Count - before, 28, 30);
        Assert.All(run.Checker.Begun.Skip(before), check => Assert.False(check.Routine));
    }

    [Fact]
    public async Task Sites_that_stay_keep_their_verdicts_over_a_reload_and_a_moved_host_does_not()
    {
        var sites = Sites(3);
        await using var run = new LoopRun(sites, stage: checker => checker.Stage = (target, trace, token) =>
            target.Host.Name == "do-1" ? checker.SilenceAsync(target, trace, token) : Task.FromResult(checker.Health(target, SiteStatus.Healthy)));
        await run.PassAsync(TimeSpan.FromSeconds(40));
        Assert.Equal(WatchState.Down, run.Verdict("site1").State);
        var moved = sites[2] with { Primary = sites[2].Primary with { Address = "203.0.113.99" } };
        run.Watch([sites[1] with { Ttl = 30 }, moved, TestSites.Site("new")]);
        await run.RestAsync();
        Assert.Equal(WatchState.Down, run.Verdict("site1").State);
        Assert.Equal(WatchState.Unknown, run.Verdict("site2").State);
        Assert.Equal(6, run.Snapshot().Targets.Count);
        await run.PassAsync(TimeSpan.FromSeconds(40));
        Assert.DoesNotContain(run.Checker.Begun.Where(check => check.At > run.Time.GetUtcNow() - TimeSpan.FromSeconds(39)), check => check.Site == "site0");
        Assert.Equal(WatchState.Down, run.Verdict("new").State);
        Assert.Equal(WatchState.Down, run.Verdict("site2").State);
    }

    [Fact]
    public async Task After_a_switch_the_other_host_is_the_active_one_at_the_active_interval()
    {
        var sites = Sites(1);
        await using var run = new LoopRun(sites);
        await run.PassAsync(TimeSpan.FromSeconds(31));
        run.Watch(sites, active: "li-1");
        await run.PassAsync(TimeSpan.FromSeconds(60));
        Assert.Equal(WatchRole.Active, run.Snapshot().Targets.Single(target => target.Target.Host.Name == "li-1").Target.Role);
        Assert.InRange(run.Checker.Begun.Count(check => check.Host == "li-1"), 2, 3);
    }

    [Fact]
    public async Task Without_routing_nothing_is_active_and_both_hosts_are_checked_closely()
    {
        await using var run = new LoopRun(Sites(2), routed: false);
        await run.PassAsync(TimeSpan.FromSeconds(60));
        Assert.All(run.Snapshot().Targets, target => Assert.Equal(WatchRole.Standby, target.Target.Role));
        Assert.Equal(8, run.Checker.Begun.Count);
    }

    [Fact]
    public async Task A_great_outage_neither_exceeds_the_places_nor_starves_the_other_sites()
    {
        // 200 sites on a host that keeps silent, 20 elsewhere; eight places.
        var dead = Sites(200);
        var other = Enumerable.Range(0, 20).Select(number => TestSites.Site($"well{number}") with { Primary = TestSites.Linode, Secondary = TestSites.DigitalOcean });
        await using var run = new LoopRun([.. dead, .. other], places: 8, stage: checker => checker.Stage = (target, trace, token) =>
            target.Host.Name == "do-1" ? checker.SilenceAsync(target, trace, token) : Task.FromResult(checker.Health(target, SiteStatus.Healthy)));
        await run.PassAsync(TimeSpan.FromMinutes(5));
        Assert.InRange(run.Checker.MostAtOnce, 8, 8);
        Assert.All(
            run.Checker.Begun.Where(check => check.Site.StartsWith("well", StringComparison.Ordinal) && check.Host == "li-1").GroupBy(check => check.Site),
            site => Assert.InRange(site.Count(), 7, 10));
        Assert.All(dead, site => Assert.Equal(WatchState.Down, run.Verdict(site.Name).State));
    }

    [Fact]
    public async Task A_single_round_checks_all_confirms_what_fails_and_ends()
    {
        var sites = Sites(5);
        await using var run = new LoopRun(sites, change: settings => settings with { Once = true }, stage: checker => checker.Stage = (target, trace, token) =>
            target.Site.Name == "site3" && target.Host.Name == "do-1" ? checker.SilenceAsync(target, trace, token) : Task.FromResult(checker.Health(target, SiteStatus.Healthy)));
        await run.PassAsync(TimeSpan.FromSeconds(20));
        await run.Running.WaitAsync(Eventually.Patience);
        Assert.Equal(WatchState.Down, run.Verdict("site3").State);
        Assert.Equal(4, run.Snapshot().Targets.Count(target => target.Target.Role == WatchRole.Active && target.Verdict.State == WatchState.Healthy));
    }

    [Fact]
    public async Task A_single_round_goes_on_from_what_is_remembered_and_leaves_out_standbys_seen_just_now()
    {
        var now = new ManualTimeProvider().GetUtcNow();
        var fresh = TargetVerdict.Initial with { State = WatchState.Healthy, ObservedAt = now - TimeSpan.FromMinutes(1), Answers = 1 };
        var remembered = new Dictionary<(string, string), TargetVerdict> { [("site0", "li-1")] = fresh, [("site1", "li-1")] = fresh with { ObservedAt = now - TimeSpan.FromMinutes(6) } };
        await using var run = new LoopRun(Sites(2), change: settings => settings with { Once = true }, remembered: remembered);
        await run.PassAsync(TimeSpan.FromSeconds(2));
        await run.Running.WaitAsync(Eventually.Patience);
        Assert.Equal(["site0/do-1", "site1/do-1", "site1/li-1"], run.Checker.Begun.Select(check => $"{check.Site}/{check.Host}").Order());
    }

    [Fact]
    public async Task A_failure_of_the_check_itself_is_unclear_and_ends_nothing()
    {
        await using var run = new LoopRun(Sites(2), stage: checker => checker.Stage = static (_, _, _) => throw new InvalidOperationException("odd"));
        await run.PassAsync(TimeSpan.FromSeconds(40));
        Assert.Equal(WatchState.Unknown, run.Verdict("site0").State);
        Assert.Contains("odd", run.Verdict("site0").Reason, StringComparison.Ordinal);
        Assert.False(run.Running.IsCompleted);
    }

    [Fact]
    public async Task A_paused_site_is_checked_on_and_never_down()
    {
        await using var run = new LoopRun(Sites(1), change: settings => settings with { CircumstanceOf = (_, _) => Circumstance.Paused }, stage: checker => checker.Stage = checker.SilenceAsync);
        await run.PassAsync(TimeSpan.FromSeconds(65));
        Assert.Equal(WatchState.Paused, run.Verdict("site0").State);
        Assert.Equal(2, run.Checker.Begun.Count(check => check.Host == "do-1"));
    }

    private static Func<CancellationToken, Task<ObserverSanity>> Cut(LoopRun run, Func<bool> isCut) => async token =>
    {
        if (!isCut())
        {
            return new ObserverSanity(true, true, "It sees.");
        }

        await run.Checker.Pauses.WaitAsync(TimeSpan.FromSeconds(5), token);
        return new ObserverSanity(false, true, "Nothing known good answers.");
    };

}
