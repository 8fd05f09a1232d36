namespace HostingOps.Bench.Certainty.Rules;

/// <summary>The times of a site's day that are worth looking at: those in which something holds that a rule may notice.</summary>
internal static class Windows
{
    /// <summary>Merged, in order. Outside them nothing but background loss and a slow answer happens.</summary>
    public static IEnumerable<(double From, double To)> Of(Condition[] conditions, Func<Condition, bool> matters, double tail)
    {
        var (from, to) = (double.NaN, double.NaN);
        foreach (var condition in conditions)
        {
            if (!matters(condition))
            {
                continue;
            }

            if (double.IsNaN(from) || condition.Start - 10 > to)
            {
                if (!double.IsNaN(from))
                {
                    yield return (from, to);
                }

                (from, to) = (condition.Start - 10, condition.End + tail);
            }

            to = Math.Max(to, condition.End + tail);
        }

        if (!double.IsNaN(from))
        {
            yield return (from, to);
        }
    }

    /// <summary>The first moment of a regular row at or after a time.</summary>
    public static double FirstTick(double phase, double interval, double from) =>
        phase + (Math.Max(0, Math.Ceiling((from - phase) / interval)) * interval);
}
