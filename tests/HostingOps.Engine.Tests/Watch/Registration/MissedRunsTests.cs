using HostingOps.Engine.Watch.Registration;

namespace HostingOps.Engine.Tests.Watch.Registration;

/// <summary>A late run is none that was missed; a run that never came is.</summary>
public sealed class MissedRunsTests
{
    private static readonly DateTimeOffset Last = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(300, 300, 0)]
    [InlineData(300, 449, 0)]
    [InlineData(300, 450, 1)]
    [InlineData(300, 749, 1)]
    [InlineData(300, 750, 2)]
    [InlineData(300, 3_600, 11)]
    [InlineData(60, 89, 0)]
    [InlineData(60, 90, 1)]
    [InlineData(10, 24, 0)]
    [InlineData(10, 25, 1)]
    [InlineData(86_400, 86_400 + 599, 0)]
    [InlineData(86_400, 86_400 + 600, 1)]
    [InlineData(300, -7_200, 0)]
    public void Runs_are_missed_once_they_are_later_than_tolerated(int every, int later, long missed) =>
        Assert.Equal(missed, MissedRuns.Since(Last, TimeSpan.FromSeconds(every), Last.AddSeconds(later))?.Count ?? 0);

    [Fact]
    public void A_continuous_watcher_may_restart_within_three_minutes()
    {
        Assert.Null(MissedRuns.Since(Last, null, Last.AddSeconds(179)));
        var gap = MissedRuns.Since(Last, null, Last.AddSeconds(180))!;
        Assert.Equal((1, Last), (gap.Count, gap.Last));
        Assert.Equal("Nobody watched after 2026-03-01 12:00:00Z.", gap.ToString());
    }

    [Fact]
    public void Of_single_runs_it_is_said_how_many_were_missed()
    {
        Assert.Equal("1 run was missed: one is due every 300 s, and the last was at 2026-03-01 12:00:00Z.", MissedRuns.Since(Last, TimeSpan.FromMinutes(5), Last.AddSeconds(450))!.ToString());
        Assert.StartsWith("2 runs were missed", MissedRuns.Since(Last, TimeSpan.FromMinutes(5), Last.AddSeconds(750))!.ToString(), StringComparison.Ordinal);
    }
}
