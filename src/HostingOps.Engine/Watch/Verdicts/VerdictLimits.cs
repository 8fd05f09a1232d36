using System.Numerics;

namespace HostingOps.Engine.Watch.Verdicts;

/// <summary>What a check's policy asks of rows of observations.</summary>
/// <param name="policy">The policy.</param>
/// <param name="interval">Time between the target's routine checks, or null for the policy's: a standby has its own.</param>
/// <param name="singleRuns">Whether nothing is checked between single runs, whose rhythm is not known.</param>
internal readonly struct VerdictLimits(HealthCheckPolicy policy, TimeSpan? interval = null, bool singleRuns = false)
{
    // A single failure proves nothing, whatever the inventory says.
    private const int FewestFailures = 2;
    private const int MostChecksLookedBackAt = 60;
    private const int MostDoublings = 20;
    private const int SlowerConfirming = 5;
    private const double JitterAllowedFor = 0.8;

    private static readonly TimeSpan LeastLateness = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LeastBetweenSamples = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestUsualGap = TimeSpan.FromMinutes(15);

    /// <summary>Failures in a row without which nothing is down.</summary>
    public static int AtLeast => FewestFailures;

    /// <summary>Failures in a row that make a site down.</summary>
    public int Failures => Math.Max(FewestFailures, policy.FailAfter);

    /// <summary>Answers in a row that end an outage.</summary>
    public int Answers => Math.Max(1, policy.RecoverAfter);

    /// <summary>How long failures that are not all silences must last.</summary>
    public TimeSpan FaultDuration => policy.FaultDuration;

    /// <summary>
    /// Without an observation for longer than this, a row is not continued: what happened in between is not known. Rooms for
    /// runs of <c>--once</c> five minutes apart, whatever the interval.
    /// </summary>
    public TimeSpan Gap => Longer(3 * Interval, LongestUsualGap);

    /// <summary>The longest that an observation may be older than the newest. More means that the clock was set back.</summary>
    public TimeSpan Lateness => Longer(2 * policy.Timeout, LeastLateness);

    /// <summary>
    /// The most that the time between two observations adds to <see cref="TargetVerdict.FailingFor"/>, and to
    /// <see cref="TargetVerdict.AnsweringFor"/> when the later one came when nobody waited for it any more.
    /// </summary>
    public TimeSpan Credit => Longer(policy.FaultDuration / 2, SlowerConfirming * policy.ConfirmInterval);

    /// <summary>What the time between two observations adds to <see cref="TargetVerdict.AnsweringFor"/>: all of it, unless this machine slept.</summary>
    public TimeSpan AnsweringCredit(TargetVerdict before, TimeSpan passed)
    {
        var due = singleRuns ? Longer(Interval, LongestUsualGap) : NextCheck(before) ?? Interval;
        return passed <= due + Lateness ? passed : Shorter(passed, Credit);
    }

    /// <summary>Checks that begin closer together see the same moment, and count as one.</summary>
    public TimeSpan Apart => policy.ConfirmInterval / 2;

    /// <summary>
    /// How far apart the checks are that the history is made of, so that a full one spans twice the fault duration, and confirming checks,
    /// which come in bursts, don't fill it with one bad moment. A single run is one such burst: a fault that meets it and is over within
    /// <see cref="FaultDuration"/> counts once.
    /// </summary>
    public TimeSpan SampleApart => singleRuns
        ? Longer(JitterAllowedFor * policy.Interval, policy.FaultDuration)
        : Longer(JitterAllowedFor * Shorter(policy.Interval, Longer(SlowerConfirming * policy.ConfirmInterval, LeastBetweenSamples)), 2 * policy.FaultDuration / Of);

    /// <summary>The bits of the history that are looked at.</summary>
    public ulong HistoryMask => (1UL << Of) - 1;

    /// <summary>Failures in the history that make a site down.</summary>
    public int IntermittentFailures => Math.Clamp(policy.Intermittent.Failures, FewestFailures, Of);

    /// <summary>Checks looked back at.</summary>
    public int Of => Math.Clamp(policy.Intermittent.Of, FewestFailures, MostChecksLookedBackAt);

    /// <summary>Routine checks in a row that must be well before a site that was down by its share is no longer: what leaves no room for the share.</summary>
    public int WellAtAStretch => Of - IntermittentFailures + 1;

    /// <summary>Whether an outage that begins now, so long after the last, is a flap.</summary>
    public bool IsFlap(TimeSpan sinceRecovery) => sinceRecovery <= policy.FlapWindow;

    /// <summary>How long a site must answer before its outage is over.</summary>
    public TimeSpan HoldDown(int flaps)
    {
        var hold = policy.HoldDown;
        for (var i = 0; i < Math.Min(flaps, MostDoublings) && hold < policy.MaxHoldDown; i++)
        {
            hold *= 2;
        }

        return hold < policy.MaxHoldDown ? hold : Longer(policy.MaxHoldDown, policy.HoldDown);
    }

    /// <summary>When to check next, counted from the beginning of the last check, or null for the routine interval.</summary>
    public TimeSpan? NextCheck(TargetVerdict verdict)
    {
        switch (verdict.State)
        {
            // As often as it takes for a dead host. A fault has to last anyway, and a struggling site is spared.
            case WatchState.Suspect when verdict.Failures < Failures || verdict.Silences > 0:
                return Confirm(policy.ConfirmInterval);
            case WatchState.Suspect:
                return Confirm(Shorter(policy.FaultDuration - verdict.FailingFor, SlowerConfirming * policy.ConfirmInterval));
            case WatchState.Recovering when verdict.Answers < Answers:
                return Confirm(policy.ConfirmInterval);
            case WatchState.Recovering:
                // A standby that comes back is looked at as closely as the active one until it has.
                var left = HoldDown(verdict.Flaps) - verdict.AnsweringFor;
                return left < Pace || Pace < Interval ? Confirm(left) : null;

            // It answers, and has failed more than once of late: whether it goes on like that must not take ten intervals to see.
            case WatchState.Healthy when !singleRuns && BitOperations.PopCount(verdict.History) >= FewestFailures:
                var sample = SampleApart / JitterAllowedFor;
                return sample < Interval ? Confirm(sample) : null;
            default:
                return null;
        }
    }

    private TimeSpan Interval => interval ?? policy.Interval;

    private TimeSpan Pace => Shorter(policy.Interval, Interval);

    private TimeSpan Confirm(TimeSpan wish) => Longer(policy.ConfirmInterval, Shorter(wish, Pace));

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
