using System.Text.RegularExpressions;
using HostingOps.Engine.Mirror.Generations;
using HostingOps.Engine.Mirror.Parsing;

namespace HostingOps.Engine.Mirror.Serving;

/// <summary>Content-Types as a mirror sends them.</summary>
internal static partial class ServedType
{
    private const int Longest = 200;

    // nginx looks compressible types up in a hash whose buckets hold no longer names.
    private const int LongestCompressible = 46;

    private const string Unknown = "application/octet-stream";

    private static readonly Dictionary<string, string> ByExtension = new(StringComparer.OrdinalIgnoreCase)
    {
        ["css"] = "text/css",
        ["js"] = "text/javascript",
        ["mjs"] = "text/javascript",
        ["json"] = "application/json",
        ["svg"] = "image/svg+xml",
        ["png"] = "image/png",
        ["jpg"] = "image/jpeg",
        ["jpeg"] = "image/jpeg",
        ["gif"] = "image/gif",
        ["webp"] = "image/webp",
        ["avif"] = "image/avif",
        ["ico"] = "image/x-icon",
        ["woff"] = "font/woff",
        ["woff2"] = "font/woff2",
        ["xml"] = "application/xml",
        ["txt"] = "text/plain",
        ["pdf"] = "application/pdf",
    };

    /// <summary>The origin's own, verbatim; what it did not say goes by the extension.</summary>
    public static string Of(MirrorEntry entry)
    {
        if (entry.ContentType?.Trim() is { Length: > 0 and <= Longest } type && Pattern().IsMatch(type))
        {
            return type;
        }

        return entry.Kind is MirrorEntryKind.Page or MirrorEntryKind.NotFoundPage
            ? "text/html"
            : ByExtension.GetValueOrDefault(ContentExtension.OfName(entry.File ?? "") ?? "", Unknown);
    }

    /// <summary>Whether compressing it is worth the while.</summary>
    public static bool IsCompressible(string type)
    {
        var media = ContentTypes.MediaType(type);
        return type.Length <= LongestCompressible
            && (media.StartsWith("text/", StringComparison.Ordinal)
                || media.EndsWith("+xml", StringComparison.Ordinal)
                || media.EndsWith("+json", StringComparison.Ordinal)
                || media is "application/javascript" or "application/x-javascript" or "application/json" or "application/xml" or "font/ttf" or "font/otf" or "application/vnd.ms-fontobject");
    }

    /// <summary>
    /// Whether browsers that are told not to guess (nosniff) take it for what its name says. An origin that never said so may have
    /// style sheets and scripts with other types, which would then be refused.
    /// </summary>
    public static bool IsPlain(string file, string type) => ContentExtension.OfName(file) switch
    {
        "css" => ContentTypes.MediaType(type) == "text/css",
        "js" or "mjs" => ContentTypes.MediaType(type) is "text/javascript" or "application/javascript" or "application/x-javascript" or "application/ecmascript" or "text/ecmascript",
        _ => true,
    };

    // A media type (RFC 9110 section 8.3.1) with whatever printable ASCII follows: a word such as "include" means something else to nginx.
    [GeneratedRegex(@"^[A-Za-z0-9!#$&^_.+-]+/[A-Za-z0-9!#$&^_.+*-]+( *;[ -~]*)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
