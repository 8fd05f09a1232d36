using System.Globalization;
using System.Numerics;
using HostingOps.Engine.Health;

namespace HostingOps.Engine.Watch.Verdicts;

/// <summary>The state machine of verdicts: a pure function of what was held, what is seen, the policy and the circumstance.</summary>
/// <remarks>
/// A row is counted by when its checks began, and broken by when the contrary was known: a failing check counts against a site
/// only when it began after the last answer had come. Overlapping checks may therefore end in any order, late, or twice.
/// </remarks>
internal static class VerdictMachine
{
    private const int MostCounted = 1_000_000;

    /// <summary>Takes one observation in.</summary>
    /// <param name="before">What was held.</param>
    /// <param name="seen">The observation; one that is older than the present row is of no effect on it.</param>
    /// <param name="policy">The site's check.</param>
    /// <param name="circumstance">Pause or maintenance at that time.</param>
    /// <param name="interval">Time between the target's routine checks, or null for the policy's.</param>
    /// <param name="singleRuns">Whether it is checked by single runs, with nothing between them.</param>
    public static VerdictStep Observe(
        TargetVerdict before, Observation seen, HealthCheckPolicy policy, Circumstance circumstance, TimeSpan? interval = null, bool singleRuns = false)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(seen);
        ArgumentNullException.ThrowIfNull(policy);
        var limits = new VerdictLimits(policy, interval, singleRuns);
        if (seen.StartedAt > seen.At)
        {
            seen = seen with { StartedAt = seen.At };
        }

        if (circumstance != Circumstance.None)
        {
            return new VerdictStep(Since(before, Withheld(before, seen, circumstance)), null);
        }

        var held = Continue(before, seen, limits);
        var after = Since(before, seen.Kind switch
        {
            ObservationKind.Answers => IsOlder(held, seen) ? held : Answered(held, seen, limits),
            ObservationKind.Unclear => IsOlder(held, seen) ? held : Unseen(held, seen),
            _ => Failed(held, seen, limits),
        });

        // The row of failures is lost and the suspicion is not, so the routine interval is too long to wait. Only once:
        // when this machine is in trouble, every site is Unclear, and none is to be asked more often for that.
        var doubted = before.State == WatchState.Suspect && after.State == WatchState.Unknown;
        return new VerdictStep(after, doubted ? policy.ConfirmInterval : limits.NextCheck(after));
    }

    /// <summary>What is held once the time since the last observation is accounted for.</summary>
    private static TargetVerdict Continue(TargetVerdict before, Observation seen, VerdictLimits limits)
    {
        var held = before;
        if (held.State is WatchState.Paused or WatchState.Maintenance)
        {
            held = held with { State = WatchState.Unknown, Reason = $"It has not been checked since its {(held.State == WatchState.Paused ? "pause" : "maintenance")} ended." };
        }

        if (held.ObservedAt is not { } last)
        {
            return held with { ObservedAt = seen.At };
        }

        if (last - seen.At > limits.Lateness)
        {
            // The clock was set back: no time held means anything any more, and an outage that lasts did not begin in the future.
            held = WithoutRows(held) with { CountsAfter = null, RecoveredAt = NotAfter(held.RecoveredAt, seen.At), DownSince = NotAfter(held.DownSince, seen.At) };
            last = seen.At;
        }
        else if (seen.StartedAt - last > limits.Gap)
        {
            held = WithoutRows(held) with { CountsAfter = null };
        }
        else if (held.Failures > 0 && seen.At > last)
        {
            held = held with { FailingFor = held.FailingFor + Shorter(seen.At - last, limits.Credit) };
        }
        else if (held.Answers > 0 && seen.At > last)
        {
            held = held with { AnsweringFor = held.AnsweringFor + limits.AnsweringCredit(held, seen.At - last) };
        }

        return held with { ObservedAt = Later(last, seen.At) };
    }

    /// <summary>Whether something that would break the present row was known before the row began, or before it was broken last.</summary>
    private static bool IsOlder(TargetVerdict held, Observation seen) => seen.At < (held.FailingSince ?? held.CountsAfter);

    private static TargetVerdict Answered(TargetVerdict held, Observation seen, VerdictLimits limits)
    {
        // Answers in a row come from checks one after the other, for two at the same moment say no more than one.
        var counts = held.Answers == 0 || !(seen.StartedAt <= held.CountsAfter);
        var after = Sampled(held, seen, failed: false, limits) with
        {
            Failures = 0,
            Silences = 0,
            FailingSince = null,
            FailingFor = TimeSpan.Zero,
            Answers = Math.Min(held.Answers + (counts ? 1 : 0), MostCounted),
            AnsweringSince = held.Answers == 0 ? seen.At : held.AnsweringSince,
            AnsweringFor = held.Answers == 0 ? TimeSpan.Zero : held.AnsweringFor,
            CountsAfter = seen.At,
        };
        if (held.DownSince is null)
        {
            return after with { State = WatchState.Healthy, Reason = seen.Reason };
        }

        if (held.IsIntermittent)
        {
            return BitOperations.TrailingZeroCount(after.History) < limits.WellAtAStretch
                ? after with { State = WatchState.Down, Reason = $"{Share(FailedBefore(after, limits), limits)}, though this one is well: {seen.Reason}" }
                : after with
                {
                    State = WatchState.Recovering,
                    IsIntermittent = false,
                    Reason = string.Create(CultureInfo.InvariantCulture, $"Its last {limits.WellAtAStretch} routine checks are well: {seen.Reason}"),
                };
        }

        var hold = limits.HoldDown(held.Flaps);
        var answering = Shorter(after.AnsweringFor, seen.At - after.AnsweringSince!.Value);
        if (counts && after.Answers >= limits.Answers && answering >= hold)
        {
            return after with { State = WatchState.Healthy, Reason = seen.Reason, DownSince = null, RecoveredAt = seen.At };
        }

        var progress = after.Answers < limits.Answers
            ? Count(after.Answers, limits.Answers, "answers")
            : $"It has answered for {Durations.Text(Whole(answering))} of the {Durations.Text(hold)} that it must{(held.Flaps > 0 ? " after outages so soon after one another" : "")}";
        return after with { State = WatchState.Recovering, Reason = $"{progress}: {seen.Reason}" };
    }

    private static TargetVerdict Unseen(TargetVerdict held, Observation seen) => WithoutRows(held) with
    {
        State = WatchState.Unknown,
        Reason = seen.Reason,
        CountsAfter = seen.At,
    };

    private static TargetVerdict Failed(TargetVerdict held, Observation seen, VerdictLimits limits)
    {
        if (seen.StartedAt <= held.CountsAfter)
        {
            // Not counted again; but a host that showed a sign of life in the row is not silent.
            return seen.Kind == ObservationKind.Faulty && seen.At >= held.FailingSince ? held with { Silences = 0 } : held;
        }

        var silent = seen.Kind == ObservationKind.Silent;

        // What is down in any case is not looked back at, or its recovery would take as long as the history.
        var watched = held.State != WatchState.Down || held.IsIntermittent;
        var after = (watched ? Sampled(held, seen, failed: true, limits) : held) with
        {
            Answers = 0,
            AnsweringSince = null,
            AnsweringFor = TimeSpan.Zero,
            Failures = Math.Min(held.Failures + 1, MostCounted),
            Silences = silent ? Math.Min(held.Silences + 1, MostCounted) : 0,
            FailingSince = held.FailingSince ?? seen.StartedAt,
            FailingFor = held.Failures > 0 ? held.FailingFor : Shorter(seen.At - seen.StartedAt, limits.Credit),
            CountsAfter = Later(seen.StartedAt, limits.Apart),
        };
        var silenced = after.Silences >= limits.Failures;
        var lasting = after.Failures >= limits.Failures && after.FailingFor >= limits.FaultDuration;
        var failedBefore = FailedBefore(after, limits);
        var intermittent = after.Failures >= VerdictLimits.AtLeast && failedBefore >= limits.IntermittentFailures;
        if (silenced || lasting || intermittent || held.State == WatchState.Down)
        {
            var why = silenced ? string.Create(CultureInfo.InvariantCulture, $"No sign of life in {after.Silences} checks in a row")
                : lasting || !intermittent ? string.Create(CultureInfo.InvariantCulture, $"{after.Failures} failures in a row over {Durations.Text(Whole(seen.At - after.FailingSince.Value))}")
                : Share(failedBefore, limits);
            return Down(after, held, seen, limits, byShare: intermittent && !silenced && !lasting) with { Reason = $"{why}: {seen.Reason}" };
        }

        var progress = after.Failures < limits.Failures || after.Silences == after.Failures
            ? Count(after.Failures, limits.Failures, "failures")
            : $"It has failed for {Durations.Text(Whole(after.FailingFor))} of the {Durations.Text(limits.FaultDuration)} that a fault must last";
        return after with { State = WatchState.Suspect, Reason = $"{progress}: {seen.Reason}" };
    }

    private static TargetVerdict Down(TargetVerdict after, TargetVerdict held, Observation seen, VerdictLimits limits, bool byShare)
    {
        var down = after with { State = WatchState.Down, IsIntermittent = held.IsIntermittent || (byShare && held.State != WatchState.Down) };
        if (!down.IsIntermittent)
        {
            // The failures that led here must not be counted against the recovery.
            down = down with { History = 0, SampledAt = null };
        }

        if (held.DownSince is not null)
        {
            return down;
        }

        var flap = held.RecoveredAt is { } recovered && limits.IsFlap(seen.At - recovered);
        return down with { DownSince = seen.At, Flaps = flap ? Math.Min(held.Flaps + 1, MostCounted) : 0 };
    }

    private static int FailedBefore(TargetVerdict verdict, VerdictLimits limits) => BitOperations.PopCount(verdict.History & limits.HistoryMask);

    private static string Share(int failed, VerdictLimits limits) =>
        string.Create(CultureInfo.InvariantCulture, $"{failed} of its last {limits.Of} routine checks failed");

    /// <summary>A pause or a window: nothing is counted, and all begins anew at its end.</summary>
    private static TargetVerdict Withheld(TargetVerdict before, Observation seen, Circumstance circumstance) => TargetVerdict.Initial with
    {
        State = circumstance == Circumstance.Paused ? WatchState.Paused : WatchState.Maintenance,
        Reason = $"{(circumstance == Circumstance.Paused ? "Its failover is paused" : "It is in maintenance")}, so nothing is concluded: {seen.Reason}",
        ObservedAt = seen.At,
        CountsAfter = seen.At,
        Since = before.Since,
    };

    private static TargetVerdict WithoutRows(TargetVerdict held) => held with
    {
        State = held.State == WatchState.Healthy ? held.State : WatchState.Unknown,
        Failures = 0,
        Silences = 0,
        Answers = 0,
        FailingSince = null,
        FailingFor = TimeSpan.Zero,
        AnsweringSince = null,
        AnsweringFor = TimeSpan.Zero,
        IsIntermittent = false,
        History = 0,
        SampledAt = null,
    };

    private static TargetVerdict Sampled(TargetVerdict held, Observation seen, bool failed, VerdictLimits limits) =>
        held.SampledAt is { } sampled && seen.StartedAt - sampled < limits.SampleApart ? held : held with
        {
            History = ((held.History << 1) | (failed ? 1UL : 0UL)) & limits.HistoryMask,
            SampledAt = seen.StartedAt,
        };

    private static TargetVerdict Since(TargetVerdict before, TargetVerdict after)
    {
        var since = before.Since is { } known && before.State == after.State && known <= after.ObservedAt ? known : after.ObservedAt;
        return after with { Since = since };
    }

    private static string Count(int number, int needed, string what) =>
        string.Create(CultureInfo.InvariantCulture, $"{number} of {needed} {what} in a row");

    private static TimeSpan Whole(TimeSpan time) => TimeSpan.FromSeconds(Math.Floor(time.TotalSeconds));

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private static DateTimeOffset? NotAfter(DateTimeOffset? time, DateTimeOffset now) => time > now ? now : time;

    private static DateTimeOffset Later(DateTimeOffset? one, DateTimeOffset other) => one > other ? one.Value : other;

    private static DateTimeOffset Later(DateTimeOffset time, TimeSpan by) => DateTimeOffset.MaxValue - time > by ? time + by : DateTimeOffset.MaxValue;
}
