namespace HostingOps.Bench.Certainty.Rules.Ours;

/// <summary>
/// One check as the watcher makes it: a routine one asks HEAD on a connection that is kept for a minute, and backs it by the full
/// probe on a connection of its own when there is no answer within 0.3 s; a confirming one is the full probe at once.
/// </summary>
internal sealed class OurCheck(World world, HealthCheckPolicy policy, RuleLog log)
{
    // As in PinnedCheck and RoutineCheck.
    public const double Patience = 0.3;
    public const double LongestKept = 60;
    private const double LongestKeptInterval = 15;

    private readonly double timeout = policy.Timeout.TotalSeconds;

    public bool Keeps { get; } = policy.Interval.TotalSeconds <= LongestKeptInterval;

    /// <summary>Checks.</summary>
    /// <returns>What it came to; the connection time is the first sign of life.</returns>
    public Sighting Run(WatchedSite site, double at, bool routine, in Oddities odd)
    {
        if (!routine || world.Day.RefusesHead(site.Site))
        {
            return Full(site.Site, at, odd.Full);
        }

        var kept = Keeps && at - site.KeptSince <= LongestKept;
        var cheap = world.See(new Look(Fleet.Observer, site.Site, false, at) { Within = timeout, Head = true, Kept = kept, Odd = odd.Cheap });
        log.Connections += kept ? 0 : 1;
        site.KeptSince = !cheap.Answers ? double.NegativeInfinity : kept ? site.KeptSince : at;
        var patient = at + Patience;

        // A host that has taken a new connection lives, and may take its time.
        var until = !kept && cheap.ConnectedAt <= patient ? patient + (timeout / 2) : patient;
        if (cheap.At <= until && cheap.Answers)
        {
            return cheap;
        }

        var full = Full(site.Site, Math.Min(until, cheap.At), odd.Full);
        var contact = kept ? full.ConnectedAt : Math.Min(cheap.ConnectedAt, full.ConnectedAt);
        return cheap.Answers && cheap.At < full.At ? cheap with { ConnectedAt = contact } : full with { ConnectedAt = contact };
    }

    /// <summary>The full probe: HEAD, confirmed by GET, on a connection of its own.</summary>
    public Sighting Full(int site, double at, Oddity odd, int turn = 1, int vantage = Fleet.Observer, bool standby = false)
    {
        log.Connections++;
        return world.See(new Look(vantage, site, standby, at) { Within = timeout, Head = true, ConfirmByGet = true, Turn = turn, Odd = odd });
    }
}
