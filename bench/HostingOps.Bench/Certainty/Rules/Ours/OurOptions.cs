namespace HostingOps.Bench.Certainty.Rules.Ours;

/// <summary>How the shipped rule is run.</summary>
internal sealed record OurOptions
{
    /// <summary>The sites' check; as shipped but for the interval.</summary>
    public HealthCheckPolicy Check { get; init; } = new();

    /// <summary>Witnesses beside the watcher: a switch needs two of the three to say Down. 0 for a watcher that is alone.</summary>
    public int Witnesses { get; init; }

    /// <summary>Whether checks that surely see an answer are skipped. Only a test that compares wants them all.</summary>
    public bool Skips { get; init; } = true;

    /// <summary>The share of sites that may fail at once before the observer is doubted.</summary>
    public double MaxShare { get; init; } = 0.3;

    /// <summary>A site that is Down and was not switched is planned again after so long, s.</summary>
    public double PlanAgain { get; init; } = 15;
}
