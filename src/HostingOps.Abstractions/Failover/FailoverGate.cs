namespace HostingOps;

/// <summary>One gate with its answer and the reason for it.</summary>
/// <param name="Name">Which gate.</param>
/// <param name="Outcome">Its answer.</param>
/// <param name="Reason">Why, in one sentence, with the figures it was decided on.</param>
public sealed record FailoverGate(GateName Name, GateOutcome Outcome, string Reason)
{
    /// <summary>Whether the switch may go on as far as this gate is concerned.</summary>
    public bool Allows => Outcome is GateOutcome.Passed or GateOutcome.Overridden;

    /// <inheritdoc/>
    public override string ToString() => $"{Name}: {Outcome} ({Reason})";
}
