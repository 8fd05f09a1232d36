namespace HostingOps.Engine.Operations;

/// <summary>Estimates how long an activity still takes. A pure function, so that it can be tested without waiting.</summary>
internal static class TimeLeft
{
    /// <summary>Before this, too little is known to name a time.</summary>
    public static readonly TimeSpan Earliest = TimeSpan.FromSeconds(2);

    // How quickly a new pace is believed: a burst of quick answers, or one slow one, must not make the time jump.
    private static readonly TimeSpan Inertia = TimeSpan.FromSeconds(5);

    /// <summary>The time left, or null while nobody can know.</summary>
    /// <param name="before">The estimate before, or null.</param>
    /// <param name="sinceBefore">How long ago that was.</param>
    /// <param name="elapsed">Since the activity began.</param>
    /// <param name="done">Items done.</param>
    /// <param name="total">All items.</param>
    public static TimeSpan? Estimate(TimeSpan? before, TimeSpan sinceBefore, TimeSpan elapsed, int done, int total)
    {
        if (done >= total)
        {
            return total > 0 ? TimeSpan.Zero : null;
        }

        if (done <= 0 || elapsed < Earliest)
        {
            return null;
        }

        var fromPace = elapsed / done * (total - done);
        if (before is not { } last)
        {
            return fromPace;
        }

        var expected = last > sinceBefore ? last - sinceBefore : TimeSpan.Zero;
        return expected + ((fromPace - expected) * (1 - Math.Exp(-(sinceBefore / Inertia))));
    }
}
