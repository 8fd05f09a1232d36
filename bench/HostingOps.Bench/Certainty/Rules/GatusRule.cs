namespace HostingOps.Bench.Certainty.Rules;

/// <summary>
/// Gatus with its defaults: GET, [STATUS] == 200, ten seconds, down after three failures in a row, up after two answers. It checks
/// nothing while its connectivity checker, asked at most once a minute, says that the monitor is offline. An alert is taken for a switch.
/// </summary>
internal sealed class GatusRule(double interval) : IRule
{
    private const double Within = 10;
    private const int FailuresInARow = 3;
    private const double ConnectivityInterval = 60;
    private const double ConnectivityWithin = 5;

    public string Name => FormattableString.Invariant($"Gatus, every {interval:0} s");

    public void Live(World world, RuleLog log)
    {
        var day = world.Day;
        var connectivity = new DrawSequence(day.Draws.Of(600_001)).Unit() * ConnectivityInterval;
        for (var site = 0; site < day.Fleet.Sites; site++)
        {
            var phase = new DrawSequence(day.Draws.Of(600_010 + (ulong)site)).Unit() * interval;
            log.Checks += FaultModel.Day / interval;

            // Its client keeps connections between checks as Go's does: for 90 s at most.
            log.Connections += FaultModel.Day / Math.Max(interval, 90);
            foreach (var (from, to) in Windows.Of(day.On(site, false, Fleet.Observer), static _ => true, 3 * interval))
            {
                // Three failures need two intervals; what a good day adds is nothing.
                if (to - from - (3 * interval) > (2 * interval) - Within)
                {
                    Live(world, log, site, Windows.FirstTick(phase, interval, from), to, connectivity);
                }
            }
        }
    }

    private void Live(World world, RuleLog log, int site, double from, double to, double connectivity)
    {
        var failures = 0;
        for (var at = from; at < to; at += interval)
        {
            if (log.Rests(site, at))
            {
                failures = 0;
                continue;
            }

            if (IsOffline(world.Day, connectivity + (Math.Floor((at - connectivity) / ConnectivityInterval) * ConnectivityInterval)))
            {
                continue;
            }

            var seen = world.See(new Look(Fleet.Observer, site, false, at) { Within = Within });
            failures = seen.Answers ? 0 : failures + 1;
            if (failures == FailuresInARow)
            {
                log.Downs.Add((site, seen.At));
                log.Switch(site, seen.At);
            }
        }
    }

    private static bool IsOffline(FleetDay day, double at)
    {
        foreach (var condition in day.Uplink)
        {
            if (condition.Effect == Effect.Silent && condition.Start <= at && condition.End > at + ConnectivityWithin)
            {
                return true;
            }
        }

        return false;
    }
}
