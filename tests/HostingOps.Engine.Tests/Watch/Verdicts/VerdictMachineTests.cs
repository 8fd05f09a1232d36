using HostingOps.Engine.Watch.Verdicts;
using static HostingOps.Engine.Watch.Verdicts.ObservationKind;

namespace HostingOps.Engine.Tests.Watch.Verdicts;

public sealed class VerdictMachineTests
{
    private readonly VerdictStory story = new();

    [Fact]
    public void A_site_that_answers_is_healthy_at_once_and_is_checked_at_its_interval()
    {
        story.Until(3600, Answers);

        Assert.Equal(["0.1 Healthy"], story.Changes);
        Assert.Equal(120, story.Checks);
        Assert.Equal("Answers.", story.Verdict.Reason);
    }

    [Fact]
    public void A_dead_host_is_down_three_seconds_after_the_first_check_began()
    {
        story.Until(120, seconds => seconds < 60 ? Answers : Silent);

        Assert.Equal(["0.1 Healthy", "61.0 Suspect", "63.0 Down"], story.Changes);
        Assert.Equal(VerdictStory.Start.AddSeconds(60), story.Verdict.FailingSince);
        Assert.Equal("No sign of life in 4 checks in a row: Silent.", story.Verdict.Reason);
    }

    [Fact]
    public void What_is_suspect_is_checked_again_a_second_after_the_last_check_began_and_what_is_down_at_its_interval()
    {
        Assert.Equal(TimeSpan.FromSeconds(1), story.See(Silent, 0, 1).NextCheck);
        Assert.Equal("1 of 3 failures in a row: Silent.", story.Verdict.Reason);
        Assert.Equal(TimeSpan.FromSeconds(1), story.See(Silent, 1, 2).NextCheck);
        Assert.Null(story.See(Silent, 2, 3).NextCheck);
        Assert.Equal(TimeSpan.FromSeconds(1), story.See(Answers, 33, 33.1).NextCheck);
    }

    [Fact]
    public void A_deployment_of_twenty_seconds_of_502_is_never_down()
    {
        story.Until(600, seconds => seconds is >= 59 and < 80 ? Faulty : Answers);

        Assert.False(story.EverDown);
        Assert.Equal(["0.1 Healthy", "60.1 Suspect", "82.1 Healthy"], story.Changes);
    }

    [Fact]
    public void A_site_that_answers_502_for_ever_is_down_after_thirty_seconds_and_is_spared_on_the_way()
    {
        story.Until(89, Faulty);

        Assert.Equal(["0.1 Suspect", "30.0 Down"], story.Changes);
        Assert.Equal(10, story.Checks);
        Assert.Equal("10 failures in a row over 60 s: Faulty.", story.Verdict.Reason);
    }

    [Fact]
    public void Faults_and_silences_mixed_have_to_last_and_silences_at_the_end_do_not()
    {
        story.Until(25, seconds => (int)seconds % 2 == 0 ? Silent : Faulty);
        Assert.False(story.EverDown);

        var now = story.Now.TotalSeconds;
        story.Until(now + 3, Silent);
        Assert.Equal(WatchState.Down, story.Verdict.State);
    }

    [Fact]
    public void Even_a_check_that_asks_for_one_failure_takes_two()
    {
        var hasty = new VerdictStory(new HealthCheckPolicy { FailAfter = 1, FaultDuration = TimeSpan.Zero });

        hasty.Check(Faulty);
        Assert.Equal(WatchState.Suspect, hasty.Verdict.State);
        hasty.Check(Faulty);
        Assert.Equal(WatchState.Down, hasty.Verdict.State);
    }

    [Fact]
    public void One_check_that_could_not_be_made_breaks_the_row_and_the_suspicion_is_looked_into_once_more()
    {
        story.See(Silent, 0, 1);
        story.See(Silent, 1, 2);
        Assert.Equal(TimeSpan.FromSeconds(1), story.See(Unclear, 2, 3).NextCheck);
        Assert.Equal((WatchState.Unknown, "Unclear."), (story.Verdict.State, story.Verdict.Reason));
        Assert.Null(story.See(Unclear, 3, 4).NextCheck);

        story.See(Silent, 5, 6);
        story.See(Silent, 6, 7);
        Assert.Equal(WatchState.Suspect, story.Verdict.State);
        story.See(Silent, 7, 8);
        Assert.Equal(WatchState.Down, story.Verdict.State);
    }

    [Fact]
    public void Checks_under_way_when_the_observer_was_in_doubt_do_not_count_either()
    {
        story.See(Unclear, 0, 3);
        story.See(Silent, 1, 4);
        story.See(Silent, 2, 5);
        story.See(Silent, 3, 6);

        Assert.Equal((WatchState.Unknown, 0), (story.Verdict.State, story.Verdict.Failures));
    }

    [Fact]
    public void After_an_outage_a_site_is_healthy_once_it_has_answered_often_and_long_enough()
    {
        story.Until(60, Silent).Until(200, Answers);

        Assert.Equal(["1.0 Suspect", "3.0 Down", "62.1 Recovering", "92.1 Healthy"], story.Changes);
        Assert.Null(story.Verdict.DownSince);
    }

    [Fact]
    public void A_relapse_while_recovering_is_the_same_outage_and_the_hold_down_begins_anew()
    {
        story.Until(60, Silent).Until(70, Answers);
        Assert.Equal("It has answered for 1 s of the 30 s that it must: Answers.", story.Verdict.Reason);
        var began = story.Verdict.DownSince;
        story.Until(story.Now.TotalSeconds + 4, Silent);
        Assert.Equal((WatchState.Down, began, 0), (story.Verdict.State, story.Verdict.DownSince, story.Verdict.Flaps));

        var back = story.Now.TotalSeconds;
        story.Until(back + 29, Answers);
        Assert.Equal(WatchState.Recovering, story.Verdict.State);
        story.Until(back + 40, Answers);
        Assert.Equal(WatchState.Healthy, story.Verdict.State);
    }

    [Fact]
    public void Each_flap_doubles_the_hold_down_up_to_its_bound_and_a_quiet_hour_ends_the_row_of_flaps()
    {
        var held = new List<double>();
        for (var flap = 0; flap < 8; flap++)
        {
            Fail();
            held.Add(Recover());
        }

        Assert.Equal([30, 60, 120, 240, 480, 900, 900, 900], held);
        story.Until(story.Now.TotalSeconds + 3700, Answers);
        Fail();
        Assert.Equal(30, Recover());

        void Fail() => story.Until(story.Now.TotalSeconds + 4, Silent);

        double Recover()
        {
            var began = default(TimeSpan?);
            for (var check = 0; story.Verdict.State != WatchState.Healthy && check < 10_000; check++)
            {
                began ??= story.Now;
                story.Check(Answers);
            }

            return Math.Round((story.Verdict.RecoveredAt!.Value - VerdictStory.Start - began!.Value).TotalSeconds);
        }
    }

    [Fact]
    public void A_site_that_fails_six_of_ten_routine_checks_is_down_though_it_answers_in_between()
    {
        for (var check = 0; story.Verdict.State != WatchState.Down && check < 20; check++)
        {
            RoutineCheck(fails: check % 5 is 0 or 2 or 4);
        }

        Assert.Equal((WatchState.Down, 2), (story.Verdict.State, story.Verdict.Failures));
        Assert.Equal("6 of its last 10 routine checks failed: Faulty.", story.Verdict.Reason);

        // Ten intervals are five minutes; it is looked at more closely since its second failure.
        Assert.InRange(story.Now.TotalSeconds, 120, 180);
    }

    [Fact]
    public void A_site_that_fails_five_of_ten_routine_checks_for_a_moment_is_not_down()
    {
        for (var check = 0; check < 1000; check++)
        {
            RoutineCheck(fails: check % 2 == 0);
        }

        Assert.False(story.EverDown);
    }

    [Fact]
    public void A_site_that_is_down_by_its_share_stays_down_through_an_answer_and_recovers_when_no_room_is_left_for_the_share()
    {
        for (var check = 0; story.Verdict.State != WatchState.Down && check < 10_000; check++)
        {
            RoutineCheck(fails: check % 5 is 0 or 2 or 4);
        }

        story.Check(Answers);
        Assert.Equal((WatchState.Down, "5 of its last 10 routine checks failed, though this one is well: Answers."), (story.Verdict.State, story.Verdict.Reason));
        var began = story.Verdict.DownSince;
        story.Check(Faulty);
        story.Check(Faulty);
        story.Check(Answers);
        Assert.Equal((WatchState.Down, began), (story.Verdict.State, story.Verdict.DownSince));

        var well = story.Now;
        for (var check = 0; story.Verdict.State == WatchState.Down && check < 10_000; check++)
        {
            story.Check(Answers);
        }

        Assert.Equal((WatchState.Recovering, "Its last 5 routine checks are well: Answers."), (story.Verdict.State, story.Verdict.Reason));
        Assert.InRange(story.Now - well, TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(6));
        story.Until(story.Now.TotalSeconds + 40, Answers);
        Assert.Equal((WatchState.Healthy, false), (story.Verdict.State, story.Verdict.IsIntermittent));
    }

    [Fact]
    public void A_site_that_answers_now_and_then_after_it_was_down_at_a_stretch_is_down_by_its_share_too()
    {
        story.Until(40, Faulty);
        Assert.Equal((WatchState.Down, false), (story.Verdict.State, story.Verdict.IsIntermittent));
        story.Until(50, Answers);
        for (var check = 0; check < 40 && !story.Verdict.IsIntermittent; check++)
        {
            story.Check(Faulty);
            story.Check(Faulty);
            story.Check(Answers);
            story.Now += TimeSpan.FromSeconds(30);
        }

        Assert.Equal((WatchState.Down, true), (story.Verdict.State, story.Verdict.IsIntermittent));
    }

    [Theory]
    [InlineData((int)Circumstance.Paused, WatchState.Paused)]
    [InlineData((int)Circumstance.Maintenance, WatchState.Maintenance)]
    public void In_a_pause_or_a_window_nothing_is_concluded_and_all_begins_anew_at_its_end(int circumstance, WatchState state)
    {
        story.Until(2, Silent);
        story.Until(600, Silent, (Circumstance)circumstance);
        Assert.Equal((state, 0, 0), (story.Verdict.State, story.Verdict.Failures, story.Verdict.Silences));
        Assert.False(story.EverDown);

        var end = story.Now.TotalSeconds;
        story.Until(end + 1.5, Silent);
        Assert.Equal(WatchState.Suspect, story.Verdict.State);
        story.Until(end + 4, Silent);
        Assert.Equal(WatchState.Down, story.Verdict.State);
    }

    [Fact]
    public void A_check_that_began_in_a_window_does_not_count_after_it()
    {
        story.See(Faulty, 0, 5, Circumstance.Maintenance);
        story.See(Faulty, 4, 9);

        Assert.Equal((WatchState.Unknown, 0), (story.Verdict.State, story.Verdict.Failures));
    }

    /// <summary>A routine check that, when it fails, is confirmed once before the site answers again.</summary>
    private void RoutineCheck(bool fails)
    {
        if (fails)
        {
            story.Check(Faulty);
            story.Check(Faulty);
        }

        if (story.Verdict.State != WatchState.Down)
        {
            story.Check(Answers);
        }
    }
}
