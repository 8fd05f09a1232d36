namespace HostingOps;

/// <summary>One condition of a plan of zone changes with its answer.</summary>
/// <param name="Name">The condition.</param>
/// <param name="Outcome">Passed, Refused or Overridden.</param>
/// <param name="Reason">With the figures it was decided on.</param>
public sealed record ZoneChangeGate(ZoneChangeGateName Name, GateOutcome Outcome, string Reason)
{
    /// <summary>Whether the plan may be carried out as far as this gate is concerned.</summary>
    public bool Allows => Outcome is GateOutcome.Passed or GateOutcome.Overridden;

    /// <inheritdoc/>
    public override string ToString() => $"{Name}: {Outcome} ({Reason})";
}
