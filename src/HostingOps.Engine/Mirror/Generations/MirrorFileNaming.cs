using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using HostingOps.Engine.Mirror.Parsing;

namespace HostingOps.Engine.Mirror.Generations;

/// <summary>
/// Which file within <c>content</c> is a URL's. Natural where a plain web server finds it by itself: <c>/a.css</c> is <c>a.css</c>,
/// <c>/a/</c> is <c>a/index.html</c>, and a page without extension, <c>/a</c>, is <c>a.html</c>, so that <c>/a/b</c> can be beside it.
/// Everything else has a name made of its URL's hash. Pure.
/// </summary>
internal static class MirrorFileNaming
{
    /// <summary>The folder, within <c>content</c>, of files whose URL can't be a file's name.</summary>
    public const string HashedFolder = ".mirror/files/";

    private const int LongestPath = 800;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The natural name, with <c>/</c>, or null when there is none.</summary>
    /// <param name="url">Path and query as sent.</param>
    /// <param name="contentType">The answer's Content-Type.</param>
    public static string? Natural(string url, string? contentType)
    {
        if (url.Length < 1 || url.Length > LongestPath * 3 || url[0] != '/' || url.AsSpan().ContainsAny('?', '#', '\\'))
        {
            return null;
        }

        // The folder and whatever else a page of the site itself may have under our own name must not meet what is ours.
        var parts = url[1..].Split('/');
        var first = 0;
        if (parts[0] == ".mirror")
        {
            if (parts.Length < 3 || !parts[1].Contains('.', StringComparison.Ordinal))
            {
                return null;
            }

            first = 1;
        }
        else if (parts[0] == ".well-known")
        {
            first = 1;
        }

        var isFolder = parts[^1].Length == 0;
        var count = isFolder ? parts.Length - 1 : parts.Length;
        for (var part = first; part < count; part++)
        {
            if (Decode(parts[part]) is not { } decoded || !SafeFilePart.IsSafe(decoded))
            {
                return null;
            }

            parts[part] = decoded;
        }

        var isHtml = ContentTypes.IsHtml(contentType);
        if (isFolder)
        {
            parts[^1] = "index" + (isHtml ? ".html" : ContentExtension.Of(contentType, url));
        }
        else if (isHtml && !parts[^1].Contains('.', StringComparison.Ordinal))
        {
            parts[^1] += ".html";
        }

        if (!SafeFilePart.IsSafe(parts[^1]))
        {
            return null;
        }

        var path = string.Join('/', parts);
        return Encoding.UTF8.GetByteCount(path) <= LongestPath ? path : null;
    }

    /// <summary>The name made of the URL's hash: no other URL has it.</summary>
    public static string Hashed(string url, string? contentType)
    {
        var query = url.IndexOf('?', StringComparison.Ordinal);
        var hash = SHA256.HashData(MemoryMarshal.AsBytes(url.AsSpan()));
        return HashedFolder + Convert.ToHexString(hash).ToLowerInvariant() + ContentExtension.Of(contentType, query < 0 ? url : url[..query]);
    }

    // An encoded slash, a NUL or bytes that are no UTF-8 have no name that every server would find again.
    private static string? Decode(string part)
    {
        if (!part.Contains('%', StringComparison.Ordinal))
        {
            return part;
        }

        var bytes = new byte[part.Length * 3];
        var length = 0;
        for (var at = 0; at < part.Length; at++)
        {
            if (part[at] != '%')
            {
                length += Encoding.UTF8.GetBytes(part, at, 1, bytes, length);
                continue;
            }

            if (at + 2 >= part.Length || !char.IsAsciiHexDigit(part[at + 1]) || !char.IsAsciiHexDigit(part[at + 2]))
            {
                return null;
            }

            bytes[length++] = Convert.ToByte(part.Substring(at + 1, 2), 16);
            at += 2;
        }

        try
        {
            return Strict.GetString(bytes, 0, length);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
