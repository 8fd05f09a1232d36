using System.Buffers;
using HostingOps.Engine.Mirror.Parsing;

namespace HostingOps.Engine.Mirror.Generations;

/// <summary>The file name extension by which web servers know a content type. Pure.</summary>
internal static class ContentExtension
{
    private const int Longest = 16;

    private static readonly Dictionary<string, string> ByType = new(StringComparer.Ordinal)
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

    /// <summary>The extension with its dot, or empty when nothing is known.</summary>
    /// <param name="contentType">The Content-Type, or null.</param>
    /// <param name="path">The URL's path, whose own extension counts when the type tells nothing.</param>
    public static string Of(string? contentType, string path)
    {
        return ByType.GetValueOrDefault(ContentTypes.MediaType(contentType)) ?? (OfName(path) is { } own ? "." + own : "");
    }

    /// <summary>The extension of a file's or a path's name, in lower case and without dot, or null when it has none that a server would know.</summary>
    public static string? OfName(string path)
    {
        var name = path.AsSpan(path.LastIndexOf('/') + 1);
        var own = name[(name.LastIndexOf('.') + 1)..];
        return own.Length is 0 or > Longest || own.Length == name.Length || own.ContainsAnyExcept(LettersAndDigits) ? null : own.ToString().ToLowerInvariant();
    }

    private static SearchValues<char> LettersAndDigits { get; } = SearchValues.Create("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");
}
