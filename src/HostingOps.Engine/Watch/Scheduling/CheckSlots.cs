namespace HostingOps.Engine.Watch.Scheduling;

/// <summary>
/// The times at which one target's routine checks are due: a phase of its own, then every interval, reckoned from the watcher's
/// beginning. How long a check took, or how late it began, moves none of them.
/// </summary>
internal static class CheckSlots
{
    /// <summary>The first slot after a time.</summary>
    /// <param name="phase">The target's place within the interval, 0 (inclusive) to 1.</param>
    /// <param name="interval">Time between two slots, more than zero.</param>
    /// <param name="after">Counted from the watcher's beginning.</param>
    public static TimeSpan Next(double phase, TimeSpan interval, TimeSpan after)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(interval, TimeSpan.Zero);
        var first = interval * phase;
        if (after < first)
        {
            return first;
        }

        // Slots that were missed are left out: a machine that slept does not make up for them all at once.
        var passed = (after - first).Ticks / interval.Ticks;
        return first + TimeSpan.FromTicks((passed + 1) * interval.Ticks);
    }
}
