namespace HostingOps.Engine.Apex.Addresses;

/// <summary>How a move is proven.</summary>
public sealed record ElasticIpMoveOptions
{
    /// <summary>How long EC2 is read until it lists the address with the instance. Default 30 s.</summary>
    public TimeSpan ReadBackTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long the address is asked until it answers from the instance. Default 60 s.</summary>
    public TimeSpan ProofTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Pause between two looks. Default 1 s.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Asks the address over the network, or null: then EC2's word is the only proof.
    /// </summary>
    public IElasticIpProbe? Probe { get; init; }
}
