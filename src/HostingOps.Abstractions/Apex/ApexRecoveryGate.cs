namespace HostingOps;

/// <summary>One condition of a recovery with its answer.</summary>
/// <param name="Name">The condition.</param>
/// <param name="Outcome">Passed, Refused, or Unknown, which never recovers anything.</param>
/// <param name="Reason">What was seen, in one sentence.</param>
public sealed record ApexRecoveryGate(ApexRecoveryGateName Name, GateOutcome Outcome, string Reason)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Name}: {Reason}";
}
