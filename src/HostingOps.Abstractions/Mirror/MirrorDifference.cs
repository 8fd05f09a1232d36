namespace HostingOps;

/// <summary>A URL that the secondary host answers in another way than was stored.</summary>
/// <param name="Url">Path and query.</param>
/// <param name="Expected">What was stored: a status, a type, a hash or a place to go on to.</param>
/// <param name="Found">What was answered instead.</param>
public sealed record MirrorDifference(string Url, string Expected, string Found)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Url}: {Found} instead of {Expected}";
}
