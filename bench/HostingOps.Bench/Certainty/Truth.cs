namespace HostingOps.Bench.Certainty;

/// <summary>What is true of a site, whoever looks: known to the simulator and to no rule.</summary>
internal static class Truth
{
    /// <summary>An outage that lasts so long has to be switched within that time, or it is a missed death.</summary>
    public const double MissedAfter = 600;

    /// <summary>What a rule decides by may be so old: the time of its last check, s.</summary>
    public const double AgeOfEvidence = 10;

    /// <summary>Whether a condition takes a site away from its visitors.</summary>
    public static bool Ends(in Condition condition) => condition.Vantage < 0 && condition.Effect switch
    {
        Effect.Silent or Effect.Refused or Effect.Hung or Effect.BadCertificate => true,

        // With fewer failing, most visitors get the page, at worst when they ask again.
        Effect.Errors => condition.Strength >= 0.5,
        _ => false,
    };

    /// <summary>The outages of a site. An hour of flapping is one: a page that comes and goes serves nobody.</summary>
    public static Outage[] Of(Condition[] active, Condition[] standby)
    {
        List<Outage>? outages = null;
        var flapping = double.NegativeInfinity;
        foreach (var condition in active)
        {
            if (!Ends(condition))
            {
                continue;
            }

            outages ??= [];
            var joins = outages.Count > 0
                && (condition.Start <= outages[^1].End || (condition.Kind == FaultKind.HostFlapping && condition.Start < flapping));
            if (condition.Kind == FaultKind.HostFlapping)
            {
                flapping = condition.End + 400;
            }

            if (!joins)
            {
                outages.Add(new Outage(condition.Start, condition.End, condition.Kind, condition.Effect == Effect.Silent, true));
                continue;
            }

            var before = outages[^1];
            var grown = before with { End = Math.Max(before.End, condition.End) };
            outages[^1] = condition.End - condition.Start > before.Length ? grown with { Kind = condition.Kind } : grown;
        }

        return outages is null ? [] : [.. outages.Select(outage => outage with { StandbyServes = !standby.Any(other => Overlaps(outage, other)) })];
    }

    private static bool Overlaps(Outage outage, in Condition other) =>
        Ends(other) && other.Start < outage.Start + MissedAfter && other.End > outage.Start;
}
