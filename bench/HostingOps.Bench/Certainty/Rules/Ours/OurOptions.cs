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

    /// <summary>The sites' policy; as shipped. What it says of how long an outage has to last is obeyed.</summary>
    public SitePolicy Policy { get; init; } = new();

    /// <summary>How long an outage has to last before it is planned, s.</summary>
    public double SwitchAfter => Policy.AutomaticAfter.TotalSeconds;
}
