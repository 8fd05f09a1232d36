using HostingOps.Bench.Certainty.Rules;

namespace HostingOps.Bench.Certainty;

/// <summary>A rule's deeds over many days, held against the truth.</summary>
internal sealed class Statistics
{
    /// <summary>An outage that ends by itself within so long was not worth a switch, s. Zero counts only sites that were serving.</summary>
    public static readonly double[] Bounds = [0, 10, 30, 60, 120];

    /// <summary>
    /// The bound that the aim is held to: half of the records' TTL of 60 s. A switch made in the first moment of an outage would bring
    /// the average visitor back no sooner, so no switch can be of use in a shorter one.
    /// </summary>
    public const double Bound = 30;

    private readonly Lock gate = new();

    public long[] WrongWithin { get; } = new long[Bounds.Length];

    /// <summary>Wrong switches by what made them, for the bound.</summary>
    public Dictionary<FaultKind, long> WrongBy { get; } = [];

    public Dictionary<FaultKind, long> MissedBy { get; } = [];

    public long Switches { get; private set; }

    public long Missed { get; private set; }

    /// <summary>Lasting outages with a healthy standby.</summary>
    public long Deaths { get; private set; }

    /// <summary>Verdicts that were false, and stopped before a switch.</summary>
    public long FalseStopped { get; private set; }

    /// <summary>From the first moment of a lasting outage to the verdict, s.</summary>
    public List<float> Detection { get; } = [];

    /// <summary>The same for hosts that fall silent.</summary>
    public List<float> SilentDetection { get; } = [];

    /// <summary>From the first moment of a lasting outage to the decided switch, s.</summary>
    public List<float> Decision { get; } = [];

    public double Checks { get; private set; }

    public double Connections { get; private set; }

    public double SiteDays { get; private set; }

    /// <summary>Takes a day in. Safe for several threads.</summary>
    public void Take(FleetDay day, RuleLog log)
    {
        lock (gate)
        {
            SiteDays += day.Fleet.Sites;
            Checks += log.Checks;
            Connections += log.Connections;
            Switches += log.Switches.Count;
            FalseStopped += log.Stopped.Count(stopped => day.OutageBehind(stopped.Site, stopped.At) is null);
            foreach (var (site, at) in log.Switches)
            {
                TakeSwitch(day, site, at);
            }

            for (var site = 0; site < day.Fleet.Sites; site++)
            {
                foreach (var outage in day.Outages[site])
                {
                    if (outage.Length >= Truth.MissedAfter && outage.StandbyServes)
                    {
                        TakeDeath(log, site, outage);
                    }
                }
            }
        }
    }

    /// <summary>A quantile of times, or NaN for none.</summary>
    public static double Quantile(List<float> times, double quantile)
    {
        if (times.Count == 0)
        {
            return double.NaN;
        }

        times.Sort();
        return times[(int)Math.Min(times.Count - 1, Math.Floor(quantile * times.Count))];
    }

    private void TakeSwitch(FleetDay day, int site, double at)
    {
        var outage = day.OutageBehind(site, at);
        var length = outage?.Length ?? 0;
        for (var i = 0; i < Bounds.Length; i++)
        {
            WrongWithin[i] += outage is null || length < Bounds[i] ? 1 : 0;
        }

        if (outage is null || length < Bound)
        {
            var cause = outage?.Kind ?? day.CauseAt(site, at);
            cause = cause == FaultKind.Background && day.RefusesHead(site) ? FaultKind.HeadRefused : cause;
            WrongBy[cause] = WrongBy.GetValueOrDefault(cause) + 1;
        }
    }

    private void TakeDeath(RuleLog log, int site, Outage outage)
    {
        var switched = FirstWithin(log.Switches, site, outage);
        if (double.IsNaN(switched) && log.Rested(site, outage.Start))
        {
            // It had been switched away before, rightly or wrongly, and may not have been back.
            return;
        }

        Deaths++;
        if (!(switched <= outage.Start + Truth.MissedAfter))
        {
            Missed++;
            MissedBy[outage.Kind] = MissedBy.GetValueOrDefault(outage.Kind) + 1;
            return;
        }

        var down = (float)(FirstWithin(log.Downs, site, outage) - outage.Start);
        Detection.Add(down);
        Decision.Add((float)(switched - outage.Start));
        if (outage.IsSilent)
        {
            SilentDetection.Add(down);
        }
    }

    private static double FirstWithin(List<(int Site, double At)> events, int site, Outage outage)
    {
        var first = double.NaN;
        foreach (var (where, at) in events)
        {
            if (where == site && at >= outage.Start && at < outage.End && !(at >= first))
            {
                first = at;
            }
        }

        return first;
    }
}
