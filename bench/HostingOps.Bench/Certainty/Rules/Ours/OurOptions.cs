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

    /// <summary>How old an outage has to be before it is planned, s: what is over before that is left alone.</summary>
    public double SwitchAfter { get; init; }
}
