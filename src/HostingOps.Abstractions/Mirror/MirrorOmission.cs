namespace HostingOps;

/// <summary>What a mirror does not have, for one reason.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Count">How many URLs.</param>
/// <param name="Examples">Some of them.</param>
public sealed record MirrorOmission(string Reason, int Count, IReadOnlyList<string> Examples)
{
    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Count} x {Reason}");
}
