namespace HostingOps.Bench.Certainty;

/// <summary>One day of one fleet: all that goes wrong in it, and the truth about every site. All rules live through the same.</summary>
internal sealed class FleetDay
{
    private readonly Condition[][] active;
    private readonly Condition[][] standby;
    private readonly Condition[][] activeFromElsewhere;
    private readonly Condition[][] standbyFromElsewhere;

    /// <summary>A day with the faults that the model draws.</summary>
    public FleetDay(FaultModel model, Fleet fleet, ulong seed)
        : this(model, fleet, seed, model.Draw(fleet, new Draws(seed).Of(3)))
    {
    }

    /// <summary>A day with these faults.</summary>
    public FleetDay(FaultModel model, Fleet fleet, ulong seed, IReadOnlyList<Condition> faults)
    {
        Model = model;
        Fleet = fleet;
        Draws = new Draws(seed).Of(7);
        var all = faults.OrderBy(static condition => condition.Start).ToList();
        var mine = all.Where(static condition => condition.Vantage <= Fleet.Observer).ToList();
        active = PerSite(all: mine, Fleet.ActiveHost);
        standby = PerSite(all: mine, Fleet.StandbyHost);
        activeFromElsewhere = PerSite(all, Fleet.ActiveHost);
        standbyFromElsewhere = PerSite(all, Fleet.StandbyHost);
        Uplink = [.. mine.Where(static condition => condition is { Vantage: Fleet.Observer, Provider: < 0, Host: < 0 })];
        Outages = new Outage[fleet.Sites][];
        for (var site = 0; site < fleet.Sites; site++)
        {
            Outages[site] = Truth.Of(active[site], standby[site]);
        }
    }

    public FaultModel Model { get; }

    public Fleet Fleet { get; }

    /// <summary>What rules and their looks draw from.</summary>
    public Draws Draws { get; }

    /// <summary>What holds for all that the observer asks.</summary>
    public Condition[] Uplink { get; }

    /// <summary>The outages of each site, in order.</summary>
    public Outage[][] Outages { get; }

    public bool RefusesHead(int site) => site % Model.HeadRefusedOneIn == Model.HeadRefusedOneIn / 2;

    /// <summary>All that a vantage may meet on its way to a site, by its beginning. Those of other vantages may be among them.</summary>
    public Condition[] On(int site, bool standby, int vantage) => vantage == Fleet.Observer
        ? (standby ? this.standby : active)[site]
        : (standby ? standbyFromElsewhere : activeFromElsewhere)[site];

    /// <summary>The outage of a site that covers a moment, or null while it serves.</summary>
    public Outage? OutageAt(int site, double at)
    {
        foreach (var outage in Outages[site])
        {
            if (outage.Start <= at && at < outage.End)
            {
                return outage;
            }
        }

        return null;
    }

    /// <summary>
    /// The outage that a decision is judged by: one that covers it, or was over so shortly before that what it was decided by is older.
    /// </summary>
    public Outage? OutageBehind(int site, double decided)
    {
        foreach (var outage in Outages[site])
        {
            if (outage.Start <= decided && decided < outage.End + Truth.AgeOfEvidence)
            {
                return outage;
            }
        }

        return null;
    }

    /// <summary>Whether the standby of a site serves at a moment.</summary>
    public bool StandbyServes(int site, double at)
    {
        foreach (var condition in standby[site])
        {
            if (condition.Holds(at) && Truth.Ends(condition))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The fault that a wrong switch is put down to.</summary>
    public FaultKind CauseAt(int site, double at)
    {
        var kind = FaultKind.Background;
        foreach (var condition in active[site])
        {
            if (condition.Start <= at && at < condition.End + 60)
            {
                kind = condition.Kind is FaultKind.LossBurst && kind != FaultKind.Background ? kind : condition.Kind;
            }
        }

        return kind;
    }

    private Condition[][] PerSite(List<Condition> all, Func<int, int> hostOf)
    {
        var result = new Condition[Fleet.Sites][];
        for (var site = 0; site < result.Length; site++)
        {
            var host = hostOf(site);
            result[site] = [.. all.Where(condition => condition.IsFor(Fleet.ProviderOf(host), host, site))];
        }

        return result;
    }
}
