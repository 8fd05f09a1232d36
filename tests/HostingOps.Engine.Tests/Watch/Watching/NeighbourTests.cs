using HostingOps.Engine.Health;
using HostingOps.Engine.Watch.Verdicts;
using HostingOps.Testing;

namespace HostingOps.Engine.Tests.Watch.Watching;

/// <summary>What the silence of one site does to the others on its host.</summary>
public sealed class NeighbourTests
{
    private static HostedSite[] Sites(int count) => [.. Enumerable.Range(0, count).Select(number => TestSites.Site($"site{number}"))];

    [Fact]
    public async Task When_a_host_falls_silent_its_other_sites_are_looked_at_at_once_and_are_down_seconds_later()
    {
        var isDead = false;
        await using var run = new LoopRun(Sites(40), stage: checker => checker.Stage = (target, trace, token) =>
            isDead && target.Host.Name == "do-1" ? checker.SilenceAsync(target, trace, token) : Task.FromResult(checker.Health(target, SiteStatus.Healthy)));
        await run.PassAsync(TimeSpan.FromSeconds(45));
        isDead = true;
        await run.PassAsync(TimeSpan.FromSeconds(8));

        // With 30 s between its routine checks a quarter of them would be Suspect by now.
        Assert.All(Enumerable.Range(0, 40), number => Assert.Equal(WatchState.Down, run.Verdict($"site{number}").State));
        Assert.All(run.Snapshot().Targets.Where(static target => target.Target.Host.Name == "li-1"), static target => Assert.NotEqual(WatchState.Suspect, target.Verdict.State));
    }

    [Fact]
    public async Task A_neighbour_that_is_looked_at_more_often_for_its_failures_of_late_does_not_wait_for_that()
    {
        var now = new ManualTimeProvider().GetUtcNow();
        var failed = TargetVerdict.Initial with { State = WatchState.Healthy, History = 3, SampledAt = now, ObservedAt = now };
        await using var run = new LoopRun(Sites(1), remembered: new Dictionary<(string, string), TargetVerdict> { [("site0", "do-1")] = failed });
        await run.PassAsync(TimeSpan.FromSeconds(31));
        var first = Begun()[^1];
        while (Begun()[^1] == first && run.Time.GetUtcNow() < now.AddMinutes(2))
        {
            await run.PassAsync(TimeSpan.FromMilliseconds(100));
        }

        await run.PassAsync(TimeSpan.FromSeconds(2));
        var asked = run.Time.GetUtcNow();
        run.Loop.CheckSoon(["do-1"]);
        await run.PassAsync(TimeSpan.FromSeconds(1));

        Assert.Equal([7.5, 2], Begun().Zip(Begun().Skip(1), static (one, next) => Math.Round((next - one).TotalSeconds, 1)).TakeLast(2));
        Assert.InRange((Begun()[^1] - asked).TotalSeconds, 0, 0.1);

        DateTimeOffset[] Begun() => [.. run.Checker.Begun.Where(static check => check.Host == "do-1").Select(static check => check.At)];
    }

    [Fact]
    public async Task One_lost_answer_has_some_neighbours_asked_once_more_and_no_more_of_them_than_a_few()
    {
        var lost = 0;
        await using var run = new LoopRun(Sites(200), stage: checker => checker.Stage = (target, trace, token) =>
            target.Host.Name == "do-1" && lost > 0 && Interlocked.Decrement(ref lost) == 0 ? checker.SilenceAsync(target, trace, token) : Task.FromResult(checker.Health(target, SiteStatus.Healthy)));
        await run.PassAsync(TimeSpan.FromSeconds(45));
        lost = 1;
        await run.PassAsync(TimeSpan.FromSeconds(10));
        var asked = run.Checker.Begun.Where(static check => !check.Routine).ToList();
        Assert.Single(run.Changes, static change => change.Verdict.State == WatchState.Suspect);
        Assert.InRange(asked.Select(static check => check.Site).Distinct().Count(), 26, 26);
        Assert.All(asked, static check => Assert.Equal("do-1", check.Host));
    }
}
