namespace HostingOps;

/// <summary>One condition of a dynamic update, with its answer.</summary>
/// <param name="Name">The condition.</param>
/// <param name="Outcome">Its answer.</param>
/// <param name="Reason">One sentence: what was seen and what was expected.</param>
public sealed record DynamicDnsGate(DynamicDnsGateName Name, GateOutcome Outcome, string Reason)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Name}: {Outcome}";
}
