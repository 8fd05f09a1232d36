using HostingOps.Engine.Watch.Verdicts;
using HostingOps.Testing;

namespace HostingOps.Engine.Tests.Watch.Watching;

/// <summary>What single rounds hand on to each other.</summary>
public sealed class SingleRoundTests
{
    [Fact]
    public async Task A_round_counts_the_time_since_the_one_before_as_time_in_which_the_site_answered()
    {
        var last = new ManualTimeProvider().GetUtcNow() - TimeSpan.FromMinutes(5);
        var remembered = new Dictionary<(string, string), TargetVerdict>
        {
            [("site0", "do-1")] = TargetVerdict.Initial with
            {
                State = WatchState.Recovering, DownSince = last - TimeSpan.FromMinutes(10), Answers = 2, AnsweringSince = last, ObservedAt = last, CountsAfter = last,
            },
        };
        await using var run = new LoopRun([TestSites.Site("site0")], change: static settings => settings with { Once = true }, remembered: remembered);
        await run.PassAsync(TimeSpan.FromSeconds(2));
        await run.Running.WaitAsync(Eventually.Patience);

        Assert.Equal(WatchState.Healthy, run.Verdict("site0").State);
    }

    [Fact]
    public async Task What_could_not_be_saved_is_left_for_the_last_saving_also_when_the_round_is_over()
    {
        await using var run = new LoopRun([TestSites.Site("site0")], change: static settings => settings with { Once = true });
        await run.PassAsync(TimeSpan.FromSeconds(2));
        await run.Running.WaitAsync(Eventually.Patience);

        var unsaved = run.Loop.TakeUnsaved(1);
        Assert.NotEmpty(unsaved);
        run.Loop.Unsave(unsaved);

        Assert.Equal(unsaved.Select(static target => target.Target.Host.Name), run.Loop.TakeUnsaved(1).Select(static target => target.Target.Host.Name));
        Assert.Empty(run.Loop.TakeUnsaved(1));
    }
}
