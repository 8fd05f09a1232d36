namespace HostingOps;

/// <summary>One condition of a move with its answer.</summary>
/// <param name="Name">The condition.</param>
/// <param name="Outcome">Passed, Refused, or Unknown, which never moves anything.</param>
/// <param name="Reason">What was seen, in one sentence.</param>
public sealed record ElasticIpGate(ElasticIpGateName Name, GateOutcome Outcome, string Reason)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Name} {Outcome}: {Reason}";
}
