namespace HostingOps.Bench.Certainty.Rules.Ours;

/// <summary>
/// The routine checks of good days that are not surely answered at once: how often there is one, and what it is like. All others
/// need not be simulated, for each ends as Answers and tells the state machine nothing new. What is left out takes two unlikely
/// things at once more than what is drawn here.
/// </summary>
internal sealed class OddChecks
{
    // Seconds. Under the first, a kept connection has its answer before silence counts, even when a packet was lost once; under
    // the second, the answer is there before the check's time is over.
    private const double SlowForKept = 0.6;
    private const double SlowForAll = 3.5;

    private readonly (double Chance, Oddities Oddities)[] usual;
    private readonly (double Chance, Oddities Oddities)[] full;

    public OddChecks(FaultModel model, double interval, bool keeps)
    {
        double QuantileOf(double seconds) => Normal.Chance(Math.Log(seconds / model.AnswerMedian) / model.AnswerSigma);
        var loss = Fleet.BackgroundLoss(Fleet.Observer, model);
        var synLost = 1 - ((1 - loss) * (1 - loss));
        var (slow, verySlow) = (QuantileOf(SlowForKept), QuantileOf(SlowForAll));
        var kept = keeps ? 1 - (1 / (Math.Floor(OurCheck.LongestKept / interval) + 1)) : 0;
        var late = new Oddity(0, 0, 0, verySlow);
        var lostSyn = new Oddity(1, 0, 0, 0);
        usual =
        [
            (kept * (1 - slow) * synLost, new(new(0, 0, 0, slow), lostSyn, Kept: true)),
            (kept * (1 - verySlow) * (1 - synLost), new(late, new(-1, 0, 0, 0), Kept: true)),
            ((1 - kept) * synLost * synLost, new(lostSyn, lostSyn, Kept: false)),
            ((1 - kept) * (1 - verySlow) * (1 - synLost), new(late with { Syns = -1 }, default, Kept: false)),
        ];
        full =
        [
            (synLost, new(default, lostSyn, Kept: false)),
            (2 * (1 - verySlow) * (1 - synLost), new(default, late with { Syns = -1 }, Kept: false)),
        ];

        // Answers that take longer than the patience cost the site a second request.
        SecondRequests = kept * (1 - QuantileOf(OurCheck.Patience - Fleet.RoundTrip(Fleet.Observer)));
        Fresh = 1 - kept;
    }

    /// <summary>The share of routine checks that ask twice on a good day.</summary>
    public double SecondRequests { get; }

    /// <summary>The share of routine checks that open a connection in any case.</summary>
    public double Fresh { get; }

    /// <summary>How often a check is odd: a routine one, or one in full, as all are of sites that refuse HEAD.</summary>
    public double Chance(bool inFull) => (inFull ? full : usual).Sum(static kind => kind.Chance);

    /// <summary>What an odd check is like.</summary>
    public Oddities Draw(bool inFull, DrawSequence draws)
    {
        var kinds = inFull ? full : usual;
        var left = draws.Unit() * Chance(inFull);
        for (var i = 0; i < kinds.Length - 1; i++)
        {
            if (left < kinds[i].Chance)
            {
                return kinds[i].Oddities;
            }

            left -= kinds[i].Chance;
        }

        return kinds[^1].Oddities;
    }
}
