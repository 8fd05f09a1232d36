namespace HostingOps.Bench.Certainty.Rules.Ours;

/// <summary>
/// Whether the observer may be believed, as the watcher's ObserverView has it: asked while sites are suspect, every 3 s, and every
/// half second while a verdict waits for it; two known-good addresses, one of which has to answer.
/// </summary>
internal sealed class ObserverSense(World world)
{
    private const double Fresh = 3;
    private const double LeastApart = 0.5;
    private const int Addresses = 2;

    private double begun = double.NegativeInfinity;
    private double lastBegun = double.NegativeInfinity;
    private double lastEnded = double.NegativeInfinity;
    private bool isAsking;
    private bool isSane = true;
    private bool next;

    /// <summary>Whether failures seen from here may not be believed.</summary>
    public bool IsDoubted => !isSane;

    /// <summary>Whether it was ever asked.</summary>
    public bool WasAsked => lastEnded > double.NegativeInfinity;

    /// <summary>Whether there is a fresh answer to a question that was asked after a time.</summary>
    public bool IsKnown(double since, double now) => lastBegun >= since && now - lastEnded <= Fresh;

    /// <summary>Asks, when that is needed and was not done just now.</summary>
    /// <returns>When there will be an answer or it has to be asked again, or null.</returns>
    public double? LookIfNeeded(double now, bool isNeeded, bool isUrgent)
    {
        if (isAsking || !(isNeeded || isUrgent || IsDoubted))
        {
            return null;
        }

        var due = begun + (isUrgent ? LeastApart : Fresh);
        if (due > now)
        {
            return due;
        }

        (begun, isAsking) = (now, true);
        (next, var known) = Ask(world, now);
        return known;
    }

    /// <summary>Takes an answer that is due.</summary>
    /// <returns>Whether there was one.</returns>
    public bool Take(double now, double known)
    {
        if (!isAsking || now < known)
        {
            return false;
        }

        (isAsking, isSane, lastBegun, lastEnded) = (false, next, begun, now);
        return true;
    }

    /// <summary>Asks all at once and is content with the first that answers.</summary>
    public static (bool IsSane, double KnownAt) Ask(World world, double at)
    {
        var (first, last) = (double.PositiveInfinity, at);
        for (var i = 0; i < Addresses; i++)
        {
            var seen = world.SeeKnownGood(i, at);
            first = seen.Answers ? Math.Min(first, seen.At) : first;
            last = Math.Max(last, seen.At);
        }

        return double.IsInfinity(first) ? (false, last) : (true, first);
    }
}
