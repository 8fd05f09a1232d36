namespace HostingOps.Engine.Mirror.Generations;

/// <summary>Whether a generation has all that it should.</summary>
/// <param name="MissingAssets">URLs of assets that its documents ask for and that are not there.</param>
/// <param name="BrokenLinks">URLs that its documents lead to and that are not there.</param>
/// <param name="Reason">Why it is not whole, or null.</param>
internal sealed record WholeVerdict(IReadOnlyList<string> MissingAssets, IReadOnlyList<string> BrokenLinks, string? Reason);
