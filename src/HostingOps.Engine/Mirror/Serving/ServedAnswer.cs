namespace HostingOps.Engine.Mirror.Serving;

/// <summary>What a mirror answers for one URL.</summary>
/// <param name="Status">200 for a file, the redirect's status, or 503 for what the origin has and the copy has not.</param>
/// <param name="File">The file within <c>content</c>, or null.</param>
/// <param name="Type">Its Content-Type, fit for a configuration, or null.</param>
/// <param name="Location">Where a redirect leads, or null.</param>
/// <param name="Hash">What tells its content from others'.</param>
/// <param name="IsPage">Whether it is a page, which one query may choose among several.</param>
internal sealed record ServedAnswer(int Status, string? File, string? Type, string? Location, string? Hash, bool IsPage)
{
    private const int LongestLocation = 1500;

    /// <summary>The answer for an entry of the manifest, or null when there is none but 404.</summary>
    public static ServedAnswer? Of(MirrorEntry entry) => entry switch
    {
        { Kind: MirrorEntryKind.Page or MirrorEntryKind.Asset, File: { } file } =>
            new(200, file, ServedType.Of(entry), null, entry.FileHash ?? file, entry.Kind == MirrorEntryKind.Page),
        { Kind: MirrorEntryKind.Redirect, Location: { Length: > 0 and <= LongestLocation } location } when !ServerText.IsStrange(location) =>
            new(entry.Status is 301 or 302 or 303 or 307 or 308 ? entry.Status : 302, null, null, location, "> " + location, IsPage: true),
        { Kind: MirrorEntryKind.Failed or MirrorEntryKind.Skipped } => Unavailable,
        _ => null,
    };

    /// <summary>The origin may have it; a visitor may come again.</summary>
    public static ServedAnswer Unavailable { get; } = new(503, null, null, null, "-", IsPage: true);

    /// <summary>Whether a visitor would see the same.</summary>
    public bool IsSameAs(ServedAnswer? other) => other is not null && Status == other.Status && Hash == other.Hash && Type == other.Type;
}
