namespace HostingOps.Bench.Certainty.Rules;

/// <summary>What a rule did in one day of a fleet.</summary>
internal sealed class RuleLog(FleetDay day)
{
    // As long as the cooldown of a site's policy; by then somebody has looked, and brought the site back.
    private const double AtRest = 900;

    private readonly Dictionary<int, double> restsUntil = [];
    private readonly List<(int Site, double From, double To)> rests = [];

    /// <summary>When a site was held to be down: site and time.</summary>
    public List<(int Site, double At)> Downs { get; } = [];

    /// <summary>When a switch was decided.</summary>
    public List<(int Site, double At)> Switches { get; } = [];

    /// <summary>Verdicts that did not lead to a switch, because what stands between them refused.</summary>
    public List<(int Site, double At)> Stopped { get; } = [];

    /// <summary>Checks of active hosts.</summary>
    public double Checks { get; set; }

    /// <summary>Of these, on a connection of their own.</summary>
    public double Connections { get; set; }

    /// <summary>A site that was switched is left alone for a while, until it has been brought back: for every rule alike.</summary>
    public bool Rests(int site, double at) => restsUntil.TryGetValue(site, out var until) && at < until;

    public double RestsUntil(int site) => restsUntil.GetValueOrDefault(site);

    /// <summary>The same, asked once the day is over.</summary>
    public bool Rested(int site, double at) => rests.Exists(rest => rest.Site == site && rest.From <= at && at < rest.To);

    public void Switch(int site, double at, bool forTheDay = false)
    {
        Switches.Add((site, at));
        var until = Math.Max(at + AtRest, (day.OutageAt(site, at)?.End ?? 0) + 60);
        restsUntil[site] = forTheDay ? double.PositiveInfinity : until;
        rests.Add((site, at, restsUntil[site]));
    }
}
