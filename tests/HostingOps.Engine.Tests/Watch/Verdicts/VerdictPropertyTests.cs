using HostingOps.Engine.Watch.Verdicts;

namespace HostingOps.Engine.Tests.Watch.Verdicts;

/// <summary>What holds for any policy and any sequence of observations, in any order and rhythm.</summary>
public sealed class VerdictPropertyTests
{
    [Fact]
    public void Down_is_only_told_by_a_failure_after_another_with_nothing_but_failures_between() => EachStep((policy, sequence, verdicts, i) =>
    {
        if (!BecomesDown(verdicts, i))
        {
            return true;
        }

        var row = Enumerable.Range(0, i + 1).Reverse().TakeWhile(index => VerdictWorld.IsFailure(sequence[index].Seen.Kind) || IsOlder(sequence, index, i)).Select(index => sequence[index].Seen).Where(seen => VerdictWorld.IsFailure(seen.Kind)).ToList();
        return VerdictWorld.IsFailure(sequence[i].Seen.Kind) && row.Select(seen => seen.StartedAt).Distinct().Count() >= 2;
    });

    [Fact]
    public void Down_by_silence_alone_takes_as_many_silent_checks_as_the_policy_asks_for() => EachStep((policy, sequence, verdicts, i) =>
        !BecomesDown(verdicts, i)
        || !verdicts[i + 1].Reason.StartsWith("No sign", StringComparison.Ordinal)
        || sequence.Take(i + 1).Where(one => one.Seen.Kind == ObservationKind.Silent && one.Seen.StartedAt >= verdicts[i + 1].FailingSince)
            .Select(one => one.Seen.StartedAt).Distinct().Count() >= Math.Max(2, policy.FailAfter));

    [Fact]
    public void Down_by_failures_alone_takes_as_many_and_as_long_as_the_policy_asks_for() => EachStep((policy, sequence, verdicts, i) =>
        !BecomesDown(verdicts, i)
        || !verdicts[i + 1].Reason.Contains("failures in a row over", StringComparison.Ordinal)
        || (verdicts[i + 1].Failures >= Math.Max(2, policy.FailAfter)
            && sequence[i].Seen.At - verdicts[i + 1].FailingSince >= policy.FaultDuration
            && sequence.Take(i + 1).Where(one => VerdictWorld.IsFailure(one.Seen.Kind) && one.Seen.StartedAt >= verdicts[i + 1].FailingSince)
                .Select(one => one.Seen.StartedAt).Distinct().Count() >= Math.Max(2, policy.FailAfter)));

    [Fact]
    public void Down_is_never_told_by_an_answer_by_an_unclear_check_or_right_after_one() => EachStep((_, sequence, verdicts, i) =>
        !BecomesDown(verdicts, i)
        || (VerdictWorld.IsFailure(sequence[i].Seen.Kind) && verdicts[i].State is WatchState.Suspect));

    [Fact]
    public void An_unclear_check_never_makes_anything_suspect_or_down_and_leaves_no_row() => EachStep((_, sequence, verdicts, i) =>
        sequence[i].Seen.Kind != ObservationKind.Unclear
        || verdicts[i + 1].State is not (WatchState.Suspect or WatchState.Down or WatchState.Recovering)
        || verdicts[i + 1] with { ObservedAt = null, FailingFor = default } == verdicts[i] with { ObservedAt = null, FailingFor = default });

    [Fact]
    public void In_a_pause_or_a_window_nothing_is_counted() => EachStep((_, sequence, verdicts, i) =>
        sequence[i].Circumstance == Circumstance.None
            ? verdicts[i + 1].State is not (WatchState.Paused or WatchState.Maintenance)
            : verdicts[i + 1].State == (sequence[i].Circumstance == Circumstance.Paused ? WatchState.Paused : WatchState.Maintenance)
                && verdicts[i + 1] is { Failures: 0, Silences: 0, Answers: 0, History: 0, FailingSince: null, DownSince: null });

    [Fact]
    public void An_outage_ends_only_by_answers_enough_for_the_hold_down() => EachStep((policy, sequence, verdicts, i) =>
        verdicts[i].DownSince is null || verdicts[i + 1].State != WatchState.Healthy
        || (sequence[i].Seen.Kind == ObservationKind.Answers
            && verdicts[i + 1].Answers >= Math.Max(1, policy.RecoverAfter)
            && sequence[i].Seen.At - verdicts[i + 1].AnsweringSince >= policy.HoldDown));

    [Fact]
    public void Between_down_and_healthy_there_are_as_many_checks_as_both_thresholds_say() => Holds((policy, sequence, verdicts) =>
    {
        var healthyAt = -1;
        var downAt = -1;
        for (var i = 1; i < verdicts.Count; i++)
        {
            if (verdicts[i].State == WatchState.Healthy && downAt >= 0)
            {
                if (verdicts.Skip(downAt).Take(i - downAt).All(one => one.State is WatchState.Down or WatchState.Recovering) && i - downAt < policy.RecoverAfter)
                {
                    return false;
                }

                downAt = -1;
            }

            if (verdicts[i].State == WatchState.Down && verdicts[i - 1].State != WatchState.Down)
            {
                if (healthyAt >= 0 && i - healthyAt < 2)
                {
                    return false;
                }

                downAt = i;
            }

            healthyAt = verdicts[i].State == WatchState.Healthy ? i : healthyAt;
        }

        return true;
    });

    [Fact]
    public void Down_does_not_go_straight_to_healthy_unless_one_answer_is_all_that_is_asked_for() => EachStep((policy, _, verdicts, i) =>
        verdicts[i].State != WatchState.Down || verdicts[i + 1].State != WatchState.Healthy
        || (policy.RecoverAfter == 1 && policy.HoldDown == TimeSpan.Zero));

    [Fact]
    public void An_answer_ends_down_unless_the_site_is_down_by_its_share() => EachStep((_, sequence, verdicts, i) =>
        verdicts[i].State != WatchState.Down || verdicts[i].IsIntermittent
        || sequence[i].Seen.Kind != ObservationKind.Answers || sequence[i].Circumstance != Circumstance.None
        || sequence[i].Seen.At < verdicts[i].FailingSince
        || verdicts[i + 1].State is WatchState.Recovering or WatchState.Healthy);

    [Fact]
    public void A_failure_never_makes_a_verdict_better() => EachStep((policy, sequence, verdicts, i) =>
    {
        var (seen, circumstance) = sequence[i];
        if (circumstance != Circumstance.None || !VerdictWorld.IsFailure(seen.Kind))
        {
            return true;
        }

        var answered = VerdictMachine.Observe(verdicts[i], seen with { Kind = ObservationKind.Answers }, policy, circumstance).Verdict;
        var silent = VerdictMachine.Observe(verdicts[i], seen with { Kind = ObservationKind.Silent }, policy, circumstance).Verdict;
        return IsNoBetter(verdicts[i + 1], answered) && IsNoBetter(silent, verdicts[i + 1]);
    });

    [Fact]
    public void When_more_of_the_checks_one_after_another_are_silent_a_site_is_down_no_later() => VerdictWorld.Holds(seed =>
    {
        var random = new Random(seed);
        var policy = VerdictWorld.Policy(random);
        var sequence = VerdictWorld.OneAfterAnother(random, policy);
        var worse = sequence.Select(one => random.Next(4) == 0 ? one with { Seen = one.Seen with { Kind = ObservationKind.Silent } } : one).ToList();
        var verdicts = VerdictWorld.Run(policy, sequence);
        var down = verdicts.FindIndex(one => one.State == WatchState.Down);
        var worseDown = VerdictWorld.Run(policy, worse).FindIndex(one => one.State == WatchState.Down);

        // Where confirming checks are farther apart than routine ones, failures close together count as one sample, and as two
        // with an answer between them.
        return down < 0 || (verdicts[down].IsIntermittent && policy.ConfirmInterval > policy.Interval) || (worseDown >= 0 && worseDown <= down);
    });

    [Fact]
    public void A_check_told_twice_in_a_row_changes_nothing_but_the_reason() => EachStep((policy, sequence, verdicts, i) =>
    {
        var again = VerdictMachine.Observe(verdicts[i + 1], sequence[i].Seen, policy, sequence[i].Circumstance).Verdict;
        return again with { Reason = "" } == verdicts[i + 1] with { Reason = "" };
    });

    [Fact]
    public void Overlapping_silent_checks_may_be_told_in_any_order_without_a_false_down() => VerdictWorld.Holds(seed =>
    {
        // One answer among silences, each check a second after the one before, told in an order shuffled over five seconds.
        var random = new Random(seed);
        var policy = new HealthCheckPolicy();
        var answering = random.Next(0, 10);
        var told = Enumerable.Range(0, 10)
            .Select(second => new Observation(
                second == answering ? ObservationKind.Answers : ObservationKind.Silent,
                VerdictStory.Start.AddSeconds(second),
                VerdictStory.Start.AddSeconds(second + (second == answering ? random.NextDouble() * 5 : 1)),
                "."))
            .OrderBy(seen => seen.At.AddSeconds(random.NextDouble() * 4))
            .Select(seen => (seen, Circumstance.None))
            .ToList();
        var verdicts = VerdictWorld.Run(policy, told);
        var answer = told.FindIndex(one => one.seen.Kind == ObservationKind.Answers);
        var known = told[answer].seen.At;

        // Once the answer is known, only checks that began after it count.
        return verdicts.Select((verdict, i) => (verdict, i)).Skip(answer + 1).All(one =>
            one.verdict.State != WatchState.Down
            || verdicts[answer].FailingSince > known
            || told.Take(one.i).Count(seen => seen.seen.Kind == ObservationKind.Silent && seen.seen.StartedAt > known) >= policy.FailAfter);
    });

    [Fact]
    public void The_machine_is_deterministic_and_takes_anything() => Holds((policy, sequence, verdicts) =>
        VerdictWorld.Run(policy, sequence).SequenceEqual(verdicts)
        && verdicts.TrueForAll(verdict => TargetVerdictJson.Read(TargetVerdictJson.Write(verdict)) == verdict
            && verdict is { Failures: >= 0, Silences: >= 0, Answers: >= 0, Reason.Length: > 0 }
            && verdict.Silences <= verdict.Failures
            && (verdict.Failures == 0 || verdict.Answers == 0)
            && verdict.Failures > 0 == verdict.FailingSince.HasValue));

    [Fact]
    public void The_ends_of_time_and_senseless_policies_are_taken_too()
    {
        DateTimeOffset[] times = [DateTimeOffset.MinValue, DateTimeOffset.MinValue.AddTicks(1), VerdictStory.Start, DateTimeOffset.MaxValue];
        HealthCheckPolicy[] policies =
        [
            new(),
            new() { FailAfter = int.MinValue, RecoverAfter = -3, Intermittent = new(0, 0), Interval = TimeSpan.Zero, ConfirmInterval = TimeSpan.Zero, Timeout = TimeSpan.Zero, FaultDuration = TimeSpan.Zero },
            new() { FailAfter = int.MaxValue, RecoverAfter = int.MaxValue, Intermittent = new(int.MaxValue, int.MaxValue) },
        ];
        foreach (var policy in policies)
        {
            var verdict = TargetVerdict.Initial;
            foreach (var (began, ended, kind) in from began in times from ended in times from kind in Enum.GetValues<ObservationKind>() select (began, ended, kind))
            {
                verdict = VerdictMachine.Observe(verdict, new Observation(kind, began, ended, "."), policy, Circumstance.None).Verdict;
            }

            Assert.NotNull(verdict.Since);
        }
    }

    private static bool BecomesDown(List<TargetVerdict> verdicts, int i) => verdicts[i + 1].State == WatchState.Down && verdicts[i].State != WatchState.Down;

    private static bool IsOlder(List<(Observation Seen, Circumstance Circumstance)> sequence, int index, int last) =>
        sequence[index].Seen.At < sequence[last].Seen.At;

    // Unknown is neither better nor worse than what an answer would have made of it.
    private static bool IsNoBetter(TargetVerdict one, TargetVerdict other) => one.State == WatchState.Unknown || Badness(one) >= Badness(other);

    private static int Badness(TargetVerdict verdict) => verdict.State switch
    {
        WatchState.Healthy => 0,
        WatchState.Unknown => 1,
        WatchState.Recovering => 2,
        WatchState.Suspect => 3,
        _ => 4,
    };

    private static void EachStep(Func<HealthCheckPolicy, List<(Observation Seen, Circumstance Circumstance)>, List<TargetVerdict>, int, bool> property) =>
        Holds((policy, sequence, verdicts) => Enumerable.Range(0, sequence.Count).All(i => property(policy, sequence, verdicts, i)));

    private static void Holds(Func<HealthCheckPolicy, List<(Observation Seen, Circumstance Circumstance)>, List<TargetVerdict>, bool> property) => VerdictWorld.Holds(seed =>
    {
        var random = new Random(seed);
        var policy = VerdictWorld.Policy(random);
        var sequence = VerdictWorld.Sequence(random, policy);
        return property(policy, sequence, VerdictWorld.Run(policy, sequence));
    });
}
