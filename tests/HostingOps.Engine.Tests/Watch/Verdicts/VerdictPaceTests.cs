using HostingOps.Engine.Watch.Verdicts;
using static HostingOps.Engine.Watch.Verdicts.ObservationKind;

namespace HostingOps.Engine.Tests.Watch.Verdicts;

/// <summary>Rows of a standby with a long interval of its own, and rows with a time in them in which nobody looked.</summary>
public sealed class VerdictPaceTests
{
    private const double Hour = 3600;

    private static readonly HealthCheckPolicy Close = new() { Interval = TimeSpan.FromSeconds(10), StandbyInterval = TimeSpan.FromHours(1) };

    [Fact]
    public void A_dead_standby_stays_down_from_one_of_its_rare_checks_to_the_next()
    {
        var standby = new VerdictStory(Close, TimeSpan.FromHours(1));
        standby.Until(24 * Hour, Silent);

        Assert.Equal(["1.0 Suspect", "3.0 Down"], standby.Changes);
        Assert.Equal(3 + 23, standby.Checks);
    }

    [Fact]
    public void A_standby_that_comes_back_is_looked_at_closely_until_it_is_healthy()
    {
        var standby = new VerdictStory(Close, TimeSpan.FromHours(1));
        standby.Until(2 * Hour, Silent).Until(10 * Hour, Answers);

        Assert.Equal(["1.0 Suspect", "3.0 Down", "7202.1 Recovering", "7232.1 Healthy"], standby.Changes);
        Assert.InRange(standby.Checks, 4 + 5 + 7, 4 + 6 + 8);
    }

    [Fact]
    public void A_standby_that_flapped_recovers_by_its_longer_hold_down()
    {
        var standby = new VerdictStory(Close with { FlapWindow = TimeSpan.FromHours(3) }, TimeSpan.FromHours(1));
        for (var flap = 0; flap < 4; flap++)
        {
            standby.Until(standby.Now.TotalSeconds + 4, Silent);
            var back = standby.Now.TotalSeconds;
            standby.Until(back + 250, Answers);
            Assert.Equal((WatchState.Healthy, flap), (standby.Verdict.State, standby.Verdict.Flaps));
        }
    }

    [Theory]
    [InlineData(5, 5)]
    [InlineData(30, 7.5)]
    [InlineData(300, 7.5)]
    public void A_site_that_has_failed_more_than_once_of_late_is_looked_at_closely_until_its_last_checks_are_well(int every, double closely)
    {
        var story = new VerdictStory(new HealthCheckPolicy { Interval = TimeSpan.FromSeconds(every) });
        Assert.Equal([every], Fail());

        var waits = Fail();

        Assert.All(waits.SkipLast(1), wait => Assert.Equal(closely, wait));
        Assert.Equal(every, waits[^1]);
        Assert.True(every == 5 || waits.Count is 9 or 10, $"{waits.Count}");

        // One failure, then answers, and how long each of these is waited behind until the wait is the usual one.
        List<double> Fail()
        {
            story.Check(Faulty);
            var waits = new List<double>();
            do
            {
                var (now, checks) = (story.Now, story.Checks);
                story.Check(Answers);
                waits.Add((story.Now - now).TotalSeconds);
                Assert.True(checks < 100);
            }
            while (waits[^1] < every);

            return waits;
        }
    }

    [Fact]
    public void Single_runs_do_not_wait_for_a_site_that_answers()
    {
        var story = new VerdictStory(new HealthCheckPolicy(), singleRuns: true);
        for (var run = 0; run < 6; run++)
        {
            story.Check(run % 2 == 0 ? Faulty : Answers);
            story.Now = TimeSpan.FromMinutes(run + 1);
        }

        Assert.Equal(WatchState.Healthy, story.Verdict.State);
        Assert.Null(story.See(Answers, 400, 400).NextCheck);
    }

    [Theory]
    [InlineData(60)]
    [InlineData(300)]
    public void A_fault_that_meets_each_single_run_and_is_over_in_a_moment_is_one_of_its_samples(int apart)
    {
        // A job on the host that begins by the same clock as the run, and for some seconds nothing else is served.
        var story = new VerdictStory(new HealthCheckPolicy(), singleRuns: true);
        for (var run = 0; run < 20; run++)
        {
            story.Now = TimeSpan.FromSeconds(run * apart);
            story.Until((run * apart) + 20, second => second < (run * apart) + 10 && run % 2 == 0 ? Faulty : Answers);
        }

        Assert.False(story.EverDown);
        Assert.Equal(5, System.Numerics.BitOperations.PopCount(story.Verdict.History));
    }

    [Fact]
    public void A_row_of_a_standby_is_not_continued_over_three_of_its_intervals_either()
    {
        var standby = new VerdictStory(Close, TimeSpan.FromHours(1));
        standby.Until(60, Silent);
        standby.Now += TimeSpan.FromHours(4);
        standby.Check(Silent);

        Assert.Equal((WatchState.Suspect, 1), (standby.Verdict.State, standby.Verdict.Failures));
    }

    [Fact]
    public void A_sleep_of_this_machine_is_no_time_in_which_a_site_answered()
    {
        var story = new VerdictStory();
        story.Until(60, Silent).Until(64, Answers);
        story.Now += TimeSpan.FromMinutes(14);
        story.Check(Answers);
        Assert.Equal((WatchState.Recovering, TimeSpan.FromSeconds(16)), (story.Verdict.State, story.Verdict.AnsweringFor));

        story.Until(story.Now.TotalSeconds + 20, Answers);
        Assert.Equal(WatchState.Healthy, story.Verdict.State);
    }

    [Theory]
    [InlineData(30, false)]
    [InlineData(3600, false)]
    [InlineData(300, true)]
    public void What_is_seen_to_answer_at_its_interval_or_from_run_to_run_answers_all_the_time(int apart, bool singleRuns)
    {
        var interval = singleRuns ? TimeSpan.FromSeconds(30) : TimeSpan.FromSeconds(apart);
        var story = new VerdictStory(new HealthCheckPolicy(), interval, singleRuns);
        for (var check = 0; check <= 10; check++)
        {
            story.See(Answers, check * apart, check * apart);
        }

        Assert.Equal(TimeSpan.FromSeconds(10 * apart), story.Verdict.AnsweringFor);
        story.See(Faulty, 11 * apart, 11 * apart);
        Assert.Equal(TimeSpan.Zero, story.Verdict.AnsweringFor);
    }
}
