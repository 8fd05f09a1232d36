namespace HostingOps.Engine.Mirror.Parsing;

/// <summary>A place that a document refers to.</summary>
/// <param name="Place">Where.</param>
/// <param name="IsAsset">Whether a browser fetches it by itself.</param>
/// <param name="Modified">What a sitemap says of its last change, or null.</param>
internal sealed record FoundLink(MirrorPlace Place, bool IsAsset, DateTimeOffset? Modified = null);
