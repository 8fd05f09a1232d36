namespace HostingOps.Engine.Mirror.Parsing;

/// <summary>What a Content-Type says.</summary>
internal static class ContentTypes
{
    /// <summary>The media type in lower case, without parameters; empty without one.</summary>
    public static string MediaType(string? contentType)
    {
        var type = contentType ?? "";
        var end = type.AsSpan().IndexOfAny(';', ',');
        return (end < 0 ? type : type[..end]).Trim().ToLowerInvariant();
    }

    /// <summary>Whether it is an HTML document's.</summary>
    public static bool IsHtml(string? contentType) => MediaType(contentType) is "text/html" or "application/xhtml+xml";

    /// <summary>The charset parameter, or null.</summary>
    public static string? Charset(string? contentType)
    {
        foreach (var part in (contentType ?? "").Split(';').Skip(1))
        {
            var sign = part.IndexOf('=', StringComparison.Ordinal);
            if (sign > 0 && part.AsSpan(0, sign).Trim().Equals("charset", StringComparison.OrdinalIgnoreCase))
            {
                return part[(sign + 1)..].Trim().Trim('"', '\'');
            }
        }

        return null;
    }

    /// <summary>How a body of that type is read for links, by its Content-Type alone: browsers do not guess these either.</summary>
    public static DocumentKind KindOf(string? contentType, string path) => MediaType(contentType) switch
    {
        _ when IsHtml(contentType) => DocumentKind.Html,
        "text/css" => DocumentKind.StyleSheet,
        "image/svg+xml" => DocumentKind.Svg,
        "application/manifest+json" => DocumentKind.Manifest,
        "application/json" when path.EndsWith(".webmanifest", StringComparison.OrdinalIgnoreCase) || path.EndsWith("/manifest.json", StringComparison.OrdinalIgnoreCase) => DocumentKind.Manifest,
        "application/rss+xml" or "application/atom+xml" or "application/rdf+xml" or "application/xml" or "text/xml" => DocumentKind.Xml,
        "application/gzip" or "application/x-gzip" or "application/octet-stream" or "" when path.EndsWith(".xml.gz", StringComparison.OrdinalIgnoreCase) => DocumentKind.Xml,
        _ => DocumentKind.Other,
    };
}
