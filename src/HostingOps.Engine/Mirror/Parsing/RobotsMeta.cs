namespace HostingOps.Engine.Mirror.Parsing;

/// <summary>
/// What a page's robots meta tag or X-Robots-Tag says that is obeyed: nofollow. Noindex and noarchive are for search engines
/// and public archives; a site's own standby must have the pages that visitors see.
/// </summary>
internal static class RobotsMeta
{
    /// <summary>Whether a meta tag of that name speaks to this crawler.</summary>
    public static bool IsFor(string? name) => name?.Trim() is { } given
        && (given.Equals("robots", StringComparison.OrdinalIgnoreCase) || given.Equals("hostingops", StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether the rules let links be followed.</summary>
    public static bool Follows(string rules) => !rules.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Any(static rule => rule.Equals("nofollow", StringComparison.OrdinalIgnoreCase) || rule.Equals("none", StringComparison.OrdinalIgnoreCase));

    /// <summary>As <see cref="Follows"/>, for one X-Robots-Tag header, which may name the crawler that it is for.</summary>
    public static bool HeaderFollows(string header)
    {
        var colon = header.IndexOf(':', StringComparison.Ordinal);
        var named = colon > 0 && header.AsSpan(0, colon).IndexOfAny(',', ' ') < 0 && !header.StartsWith("unavailable_after", StringComparison.OrdinalIgnoreCase)
            && !header.StartsWith("max-", StringComparison.OrdinalIgnoreCase);
        return named ? !IsFor(header[..colon]) || Follows(header[(colon + 1)..]) : Follows(header);
    }
}
