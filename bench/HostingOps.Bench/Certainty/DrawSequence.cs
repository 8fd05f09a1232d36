namespace HostingOps.Bench.Certainty;

/// <summary>One random draw after another, of the distributions that the fault model needs.</summary>
internal sealed class DrawSequence(Draws draws)
{
    private int count;

    public double Unit() => draws.Unit(count++);

    public double Between(double low, double high) => low + ((high - low) * Unit());

    /// <summary>As likely within a factor of two at the low end as at the high end.</summary>
    public double LogBetween(double low, double high) => low * Math.Exp(Unit() * Math.Log(high / low));

    public double LogNormal(double median, double sigma, double low, double high) =>
        Math.Clamp(median * Math.Exp(sigma * Normal.Quantile(Unit())), low, high);

    /// <summary>The moments of a Poisson process within a time.</summary>
    public IEnumerable<double> Moments(double perSecond, double within)
    {
        for (var at = Wait(perSecond); at < within; at += Wait(perSecond))
        {
            yield return at;
        }
    }

    /// <summary>How many trials pass before the first that hits.</summary>
    public double Misses(double chance) => chance <= 0 ? double.PositiveInfinity : Math.Floor(Math.Log(Unit()) / Math.Log(1 - chance));

    private double Wait(double perSecond) => perSecond <= 0 ? double.PositiveInfinity : -Math.Log(Unit()) / perSecond;
}
