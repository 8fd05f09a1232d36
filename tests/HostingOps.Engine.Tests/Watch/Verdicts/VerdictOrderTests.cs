using HostingOps.Engine.Watch.Verdicts;
using static HostingOps.Engine.Watch.Verdicts.ObservationKind;

namespace HostingOps.Engine.Tests.Watch.Verdicts;

/// <summary>Checks that overlap, clocks that are set, machines that sleep.</summary>
public sealed class VerdictOrderTests
{
    private readonly VerdictStory story = new();

    private WatchState State => story.Verdict.State;

    [Fact]
    public void An_answer_that_comes_late_ends_the_row_of_the_checks_that_overlapped_it()
    {
        story.See(Silent, 0, 1);
        story.See(Silent, 1, 2);
        story.See(Answers, 0, 2.2);
        Assert.Equal(WatchState.Healthy, State);

        // Began before that answer came: the site was seen to live while this check was under way.
        story.See(Silent, 2, 3);
        Assert.Equal((WatchState.Healthy, 0), (State, story.Verdict.Failures));
        story.See(Silent, 3, 4);
        Assert.Equal((WatchState.Suspect, 1), (State, story.Verdict.Failures));
    }

    [Fact]
    public void An_answer_that_comes_after_down_begins_the_recovery()
    {
        story.See(Silent, 0, 1);
        story.See(Silent, 1, 2);
        story.See(Silent, 2, 3);
        story.See(Answers, 0, 4.8);

        Assert.Equal((WatchState.Recovering, 1), (State, story.Verdict.Answers));
    }

    [Fact]
    public void An_answer_from_before_the_row_that_is_told_late_changes_nothing()
    {
        story.See(Silent, 2, 3);
        story.See(Silent, 3, 4);
        story.See(Answers, 0, 1.5);
        story.See(Silent, 4, 5);

        Assert.Equal((WatchState.Down, 3), (State, story.Verdict.Failures));
    }

    [Fact]
    public void A_silence_is_not_counted_again_when_its_check_ends()
    {
        story.See(Silent, 0, 1);
        story.See(Silent, 1, 2);
        story.See(Silent, 0, 5);
        story.See(Silent, 1, 6);
        story.See(Silent, 1, 6);

        Assert.Equal((WatchState.Suspect, 2, 2), (State, story.Verdict.Failures, story.Verdict.Silences));
    }

    [Fact]
    public void A_check_that_was_silent_and_then_found_a_living_host_ends_the_row_of_silences()
    {
        story.See(Silent, 0, 1);
        story.See(Silent, 1, 2);
        story.See(Faulty, 1, 2.5);
        story.See(Silent, 2, 3);
        Assert.Equal((WatchState.Suspect, 3, 1), (State, story.Verdict.Failures, story.Verdict.Silences));

        story.See(Silent, 3, 4);
        story.See(Silent, 4, 5);
        Assert.Equal(WatchState.Down, State);
    }

    [Fact]
    public void Checks_of_one_moment_count_as_one()
    {
        story.See(Silent, 0, 1);
        story.See(Silent, 0.1, 1.1);
        story.See(Silent, 0.2, 1.2);
        story.See(Silent, 0.3, 1.3);

        Assert.Equal((WatchState.Suspect, 1), (State, story.Verdict.Failures));
    }

    [Fact]
    public void Answers_of_one_moment_count_as_one()
    {
        story.Until(60, Silent);
        var now = story.Now.TotalSeconds;
        story.See(Answers, now, now + 1);
        story.See(Answers, now + 0.5, now + 1.5);
        Assert.Equal(1, story.Verdict.Answers);
        story.See(Answers, now + 1.6, now + 1.7);
        Assert.Equal(2, story.Verdict.Answers);
    }

    [Fact]
    public void An_older_check_that_fails_after_a_newer_one_has_answered_is_no_failure()
    {
        story.See(Answers, 2, 2.1);
        story.See(Faulty, 0, 5);

        Assert.Equal(WatchState.Healthy, State);
    }

    [Fact]
    public void Runs_five_minutes_apart_go_on_with_the_counts_of_the_run_before()
    {
        story.See(Answers, 0, 0.1);
        story.See(Silent, 300, 301);
        story.See(Silent, 600, 601);
        Assert.Equal(WatchState.Suspect, State);
        story.See(Silent, 900, 901);
        Assert.Equal(WatchState.Down, State);
    }

    [Fact]
    public void Failures_hours_apart_are_no_row()
    {
        for (var hour = 0; hour < 10; hour++)
        {
            story.See(Silent, 3600 * hour, (3600 * hour) + 1);
            Assert.Equal((WatchState.Suspect, 1), (State, story.Verdict.Failures));
        }
    }

    [Fact]
    public void After_a_long_sleep_what_was_down_has_to_be_confirmed_anew_and_is_the_same_outage()
    {
        story.Until(10, Silent);
        var began = story.Verdict.DownSince;
        story.See(Silent, 10_000, 10_001);
        Assert.Equal(WatchState.Suspect, State);
        story.See(Silent, 10_001, 10_002);
        story.See(Silent, 10_002, 10_003);

        Assert.Equal((WatchState.Down, began), (State, story.Verdict.DownSince));
    }

    [Fact]
    public void A_check_interval_of_a_day_makes_rows_of_days()
    {
        var daily = new VerdictStory(new HealthCheckPolicy { Interval = TimeSpan.FromDays(1) });
        for (var day = 0; day < 3; day++)
        {
            daily.See(Silent, 86_400 * day, (86_400 * day) + 1);
        }

        Assert.Equal(WatchState.Down, daily.Verdict.State);
    }

    [Fact]
    public void A_nap_in_the_middle_of_a_deployment_does_not_make_it_last()
    {
        story.See(Faulty, 0, 0.1);
        story.See(Faulty, 1, 1.1);
        story.See(Faulty, 2, 2.1);
        story.See(Faulty, 602, 602.1);
        story.See(Faulty, 603, 603.1);
        Assert.Equal(WatchState.Suspect, State);

        story.See(Faulty, 617, 617.1);
        Assert.Equal(WatchState.Down, State);
    }

    [Theory]
    [InlineData(3600)]
    [InlineData(86_400 * 365)]
    public void A_clock_that_is_set_back_costs_the_row_and_no_more(int by)
    {
        story.See(Answers, 0, 0.1);
        story.See(Silent, 30, 31);
        story.See(Silent, 31, 32);
        story.See(Silent, 32 - by, 33 - by);
        Assert.Equal((WatchState.Suspect, 1), (State, story.Verdict.Failures));

        story.See(Silent, 33 - by, 34 - by);
        story.See(Silent, 34 - by, 35 - by);
        Assert.Equal(WatchState.Down, State);
        Assert.True(story.Verdict.Since <= story.Verdict.ObservedAt);
    }

    [Fact]
    public void An_outage_that_lasts_when_the_clock_is_set_back_did_not_begin_in_the_future()
    {
        story.Until(60, Silent);
        Assert.Equal(VerdictStory.Start.AddSeconds(3), story.Verdict.DownSince);
        for (var second = -3600; second < -3590; second++)
        {
            story.See(Silent, second, second + 1);
        }

        Assert.Equal(WatchState.Down, State);
        Assert.Equal(VerdictStory.Start.AddSeconds(-3599), story.Verdict.DownSince);
    }

    [Fact]
    public void A_clock_that_is_set_back_by_some_seconds_delays_by_no_more_than_these()
    {
        story.See(Answers, 0, 0.1);
        story.See(Answers, 30, 30.1);
        for (var second = 22; second < 34; second++)
        {
            story.See(Silent, second, second + 1);
        }

        Assert.Equal(WatchState.Down, State);
        Assert.Equal(VerdictStory.Start.AddSeconds(31), story.Verdict.FailingSince);
    }

    [Fact]
    public void A_flap_is_told_after_the_clock_was_set_back()
    {
        story.Until(60, Silent).Until(200, Answers);
        story.See(Silent, -7000, -6999);
        story.See(Silent, -6999, -6998);
        story.See(Silent, -6998, -6997);

        Assert.Equal((WatchState.Down, 1), (State, story.Verdict.Flaps));
    }
}
