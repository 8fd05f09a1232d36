using System.Text;
using HostingOps.Engine.Mirror.Generations;

namespace HostingOps.Engine.Mirror.Serving;

/// <summary>
/// Which file a web server finds for a path by itself, as the configurations say it: <c>/a/</c> is <c>a/index.html</c>; <c>/a</c> is
/// <c>a</c>, else <c>a.html</c>. Pure.
/// </summary>
internal sealed class NaturalFiles(IEnumerable<string> files)
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private readonly HashSet<string> files = new(files.Where(static file => !file.StartsWith(MirrorFileNaming.HashedFolder, StringComparison.Ordinal)), StringComparer.Ordinal);

    /// <summary>The file, or null when the server finds none or not every server would find the same.</summary>
    /// <param name="path">As sent, without query.</param>
    public string? Find(string path)
    {
        if (Decode(path) is not { } decoded || decoded[0] != '/' || decoded.Contains('\0', StringComparison.Ordinal) || decoded.Contains('\\', StringComparison.Ordinal))
        {
            return null;
        }

        var parts = decoded[1..].Split('/');
        if (parts.SkipLast(1).Any(static part => part is "" or "." or "..") || parts[^1] is "." or ".." || parts is [".hostingops", ..] or [".mirror", "health"])
        {
            return null;
        }

        var natural = decoded[1..];
        return parts[^1].Length == 0 ? Known(natural + "index.html") : Known(natural) ?? Known(natural + ".html");
    }

    private string? Known(string file) => files.Contains(file) ? file : null;

    private static string? Decode(string path)
    {
        var bytes = new byte[Encoding.UTF8.GetMaxByteCount(path.Length)];
        var length = 0;
        for (var at = 0; at < path.Length; at++)
        {
            if (path[at] == '%')
            {
                if (at + 2 >= path.Length || !char.IsAsciiHexDigit(path[at + 1]) || !char.IsAsciiHexDigit(path[at + 2]))
                {
                    return null;
                }

                bytes[length++] = Convert.ToByte(path.Substring(at + 1, 2), 16);
                at += 2;

                // Some servers take an encoded slash for a slash, others for a part of a name.
                if (bytes[length - 1] == (byte)'/')
                {
                    return null;
                }
            }
            else
            {
                length += Encoding.UTF8.GetBytes(path, at, 1, bytes, length);
            }
        }

        try
        {
            return length == 0 ? null : Strict.GetString(bytes, 0, length);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
