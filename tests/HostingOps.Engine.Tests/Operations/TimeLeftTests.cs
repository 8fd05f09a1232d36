using HostingOps.Engine.Operations;

namespace HostingOps.Engine.Tests.Operations;

public sealed class TimeLeftTests
{
    [Theory]
    [InlineData(0, 60)]
    [InlineData(10, 1)]
    public void Nobody_can_know_before_something_is_done_and_some_time_has_passed(int done, int seconds)
    {
        Assert.Null(TimeLeft.Estimate(null, TimeSpan.Zero, TimeSpan.FromSeconds(seconds), done, 100));
    }

    [Fact]
    public void The_first_estimate_is_the_pace_so_far()
    {
        Assert.Equal(TimeSpan.FromSeconds(30), TimeLeft.Estimate(null, TimeSpan.Zero, TimeSpan.FromSeconds(10), 25, 100));
    }

    [Fact]
    public void At_a_steady_pace_it_runs_down_with_the_clock()
    {
        TimeSpan? left = null;
        for (var second = 2; second < 100; second++)
        {
            left = TimeLeft.Estimate(left, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(second), second, 100);
            Assert.InRange(left!.Value.TotalSeconds, 100 - second - 0.01, 100 - second + 0.01);
        }
    }

    [Fact]
    public void A_burst_and_a_standstill_do_not_make_it_jump()
    {
        var before = TimeSpan.FromSeconds(60);

        var afterBurst = TimeLeft.Estimate(before, TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(20), 90, 100);
        var afterStandstill = TimeLeft.Estimate(before, TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(200), 10, 100);

        Assert.InRange(afterBurst!.Value.TotalSeconds, 55, 60);
        Assert.InRange(afterStandstill!.Value.TotalSeconds, 60, 100);
    }

    [Fact]
    public void It_is_never_negative_and_ends_at_nothing()
    {
        Assert.True(TimeLeft.Estimate(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(6), 99, 100) >= TimeSpan.Zero);
        Assert.Equal(TimeSpan.Zero, TimeLeft.Estimate(TimeSpan.FromSeconds(9), TimeSpan.Zero, TimeSpan.FromSeconds(9), 100, 100));
    }
}
