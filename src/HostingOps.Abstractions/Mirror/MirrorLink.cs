namespace HostingOps;

/// <summary>What a document of a mirror asks for or leads to.</summary>
/// <param name="Url">As in <see cref="MirrorEntry.Url"/>, without fragment.</param>
/// <param name="IsAsset">Whether a browser fetches it by itself.</param>
public sealed record MirrorLink(string Url, bool IsAsset)
{
    /// <inheritdoc/>
    public override string ToString() => Url;
}
