namespace HostingOps;

/// <summary>Something in the zone that the plan leaves alone and its reader should know of.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Record">The record's full name.</param>
/// <param name="SiteName">The site that it is about, or null.</param>
/// <param name="Message">What was seen and what can be done, in a sentence or two.</param>
public sealed record ZoneNotice(ZoneNoticeKind Kind, string Record, string? SiteName, string Message)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Kind} {Record}: {Message}";
}
