using HostingOps.Engine.State;

namespace HostingOps.Engine.Watch.Registration;

/// <summary>Runs that should have begun and did not: the machine slept, cron was off, the service was dead.</summary>
/// <param name="Count">How many, at least one.</param>
/// <param name="Last">When the last one began that did run, or when a continuous watcher was last seen alive (UTC).</param>
/// <param name="Every">How often one should begin.</param>
internal sealed record MissedRuns(long Count, DateTimeOffset Last, TimeSpan Every)
{
    /// <summary>Whether a continuous watcher was expected, and what was missed is time rather than runs.</summary>
    public bool IsContinuous { get; init; }

    /// <summary>What a continuous watcher is given: a restart, or a reboot without haste, is no missed run.</summary>
    public static readonly TimeSpan Continuous = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan LeastTolerance = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan MostTolerance = TimeSpan.FromMinutes(10);

    /// <summary>
    /// What was missed up to a time. A run may be late by half its interval, no less than 15 s and no more than 10 min. A clock
    /// that was set back has missed nothing.
    /// </summary>
    /// <param name="last">When the last run began; for a continuous watcher, when it was last seen alive.</param>
    /// <param name="every">How often a run should begin, or null for a continuous watcher.</param>
    /// <param name="now">The time, usually the beginning of the next run.</param>
    /// <returns>What was missed, or null when nothing was.</returns>
    public static MissedRuns? Since(DateTimeOffset last, TimeSpan? every, DateTimeOffset now)
    {
        var interval = every is { } given && given > TimeSpan.Zero ? given : Continuous;
        var late = now - last - Tolerance(interval);
        return late < interval ? null : new MissedRuns((long)(late / interval), last, interval) { IsContinuous = every is null };
    }

    /// <summary>
    /// What was missed between the run before and now. A single run that nobody expects by the clock, begun by hand, has no next one.
    /// </summary>
    /// <param name="previous">The run before, or null.</param>
    /// <param name="every">How often single runs are begun now, or null when it is not known.</param>
    /// <param name="now">The time.</param>
    public static MissedRuns? Before(WatchRun? previous, TimeSpan? every, DateTimeOffset now) => previous switch
    {
        null => null,
        { IsSingle: false } => Since(previous.SeenAt, null, now),
        { BeganAt: var began } when (every ?? previous.ExpectedEvery) is { } interval => Since(began, interval, now),
        _ => null,
    };

    /// <summary>By how much a run may be late.</summary>
    public static TimeSpan Tolerance(TimeSpan every)
    {
        var half = every / 2;
        return half < LeastTolerance ? LeastTolerance : half > MostTolerance ? MostTolerance : half;
    }

    /// <inheritdoc/>
    public override string ToString() => IsContinuous
        ? FormattableString.Invariant($"Nobody watched after {Last.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z.")
        : FormattableString.Invariant($"{Count} {(Count == 1 ? "run was" : "runs were")} missed: one is due every {Every.TotalSeconds:0} s, and the last was at {Last.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z.");
}
