namespace HostingOps.Bench.Certainty;

/// <summary>Who sits where: pairs of hosts at two providers with forty sites on each pair, half of them live on either.</summary>
internal sealed record Fleet(int Sites)
{
    public const int SitesPerPair = 40;
    public const int Providers = 2;

    /// <summary>The watcher's machine.</summary>
    public const int Observer = 0;

    /// <summary>Route 53's checkers are the vantages from 1 on.</summary>
    public const int Checkers = 16;

    /// <summary>The two witnesses come after them.</summary>
    public const int FirstWitness = Checkers + 1;

    public const int Vantages = FirstWitness + 2;

    public int Hosts => Sites / SitesPerPair * Providers;

    public static int ProviderOf(int host) => host % Providers;

    /// <summary>The host on which a site is live.</summary>
    public static int ActiveHost(int site) => (site / SitesPerPair * Providers) + (site % SitesPerPair < SitesPerPair / 2 ? 0 : 1);

    public static int StandbyHost(int site) => ActiveHost(site) ^ 1;

    /// <summary>The first of the twenty sites that are live on a host; the others follow it.</summary>
    public static int FirstSiteOn(int host) => (host / Providers * SitesPerPair) + (host % Providers * SitesPerPair / 2);

    public const int LivePerHost = SitesPerPair / 2;

    /// <summary>Time to a host and back, s: near ones for the observer and the witnesses, all the world for Route 53's checkers.</summary>
    public static double RoundTrip(int vantage) => vantage is >= 1 and <= Checkers ? 0.01 + (0.015 * vantage) : 0.03;

    /// <summary>The share of packets that vanish on a good day, one way.</summary>
    public static double BackgroundLoss(int vantage, FaultModel model) =>
        vantage is >= 1 and <= Checkers ? model.BackgroundLoss * (1 + (3.0 * vantage / Checkers)) : model.BackgroundLoss;
}
