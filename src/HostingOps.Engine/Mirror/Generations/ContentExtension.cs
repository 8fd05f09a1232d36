namespace HostingOps.Engine.Mirror.Generations;

/// <summary>The file name extension by which web servers know a content type. Pure.</summary>
internal static class ContentExtension
{
    private const int Longest = 10;

    private static readonly Dictionary<string, string> ByType = new(StringComparer.OrdinalIgnoreCase)
    {
        ["text/html"] = ".html",
        ["application/xhtml+xml"] = ".xhtml",
        ["text/css"] = ".css",
        ["text/javascript"] = ".js",
        ["application/javascript"] = ".js",
        ["application/x-javascript"] = ".js",
        ["application/json"] = ".json",
        ["application/ld+json"] = ".json",
        ["application/manifest+json"] = ".webmanifest",
        ["application/xml"] = ".xml",
        ["text/xml"] = ".xml",
        ["application/rss+xml"] = ".xml",
        ["application/atom+xml"] = ".xml",
        ["text/plain"] = ".txt",
        ["image/svg+xml"] = ".svg",
        ["image/png"] = ".png",
        ["image/jpeg"] = ".jpg",
        ["image/gif"] = ".gif",
        ["image/webp"] = ".webp",
        ["image/avif"] = ".avif",
        ["image/x-icon"] = ".ico",
        ["image/vnd.microsoft.icon"] = ".ico",
        ["font/woff"] = ".woff",
        ["font/woff2"] = ".woff2",
        ["font/ttf"] = ".ttf",
        ["font/otf"] = ".otf",
        ["application/pdf"] = ".pdf",
        ["application/zip"] = ".zip",
        ["video/mp4"] = ".mp4",
        ["video/webm"] = ".webm",
        ["audio/mpeg"] = ".mp3",
    };

    /// <summary>Whether a Content-Type is that of HTML.</summary>
    public static bool IsHtml(string? contentType) =>
        MediaType(contentType) is { } type
        && (type.Equals("text/html", StringComparison.OrdinalIgnoreCase) || type.Equals("application/xhtml+xml", StringComparison.OrdinalIgnoreCase));

    /// <summary>The extension with its dot, or empty when nothing is known.</summary>
    /// <param name="contentType">The Content-Type, or null.</param>
    /// <param name="path">The URL's path, whose own extension counts when the type tells nothing.</param>
    public static string Of(string? contentType, string path)
    {
        if (MediaType(contentType) is { } type && ByType.TryGetValue(type, out var known))
        {
            return known;
        }

        var name = path[(path.LastIndexOf('/') + 1)..];
        var dot = name.LastIndexOf('.');
        var own = dot < 0 ? "" : name[dot..];
        return own.Length is > 1 and <= Longest && own.AsSpan(1).IndexOfAnyExcept(LettersAndDigits) < 0 ? own.ToLowerInvariant() : "";
    }

    private static System.Buffers.SearchValues<char> LettersAndDigits { get; } =
        System.Buffers.SearchValues.Create("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");

    private static string? MediaType(string? contentType) => contentType?.Split(';', 2)[0].Trim();
}
