namespace HostingOps.Bench.Certainty;

/// <summary>What a look came to.</summary>
/// <param name="Kind">What was seen.</param>
/// <param name="ConnectedAt">When there was a connection or a refusal: infinity for never.</param>
/// <param name="At">When it was known.</param>
internal readonly record struct Sighting(SightingKind Kind, double ConnectedAt, double At)
{
    public bool Answers => Kind == SightingKind.Answers;
}
