using System.Text;

namespace HostingOps.Engine.Mirror.Crawling;

/// <summary>A pattern over path and query: <c>*</c> is any characters, a final <c>$</c> the end (RFC 9309 §2.2.3). Without <c>$</c> it fits the beginning.</summary>
internal sealed class PathPattern
{
    private readonly string[] parts;
    private readonly bool toEnd;

    /// <summary>Reads a pattern.</summary>
    /// <param name="pattern">The pattern.</param>
    /// <param name="whole">Whether it has to fit to the end, without saying so.</param>
    public PathPattern(string pattern, bool whole = false)
    {
        toEnd = whole || pattern.EndsWith('$');
        var text = Normal(pattern.EndsWith('$') ? pattern[..^1] : pattern);
        Length = Encoding.UTF8.GetByteCount(text);
        parts = text.Split('*');
    }

    /// <summary>How long it is: the longest of a robots.txt's rules that fit wins.</summary>
    public int Length { get; }

    /// <summary>Whether a path and query, normalized by <see cref="Normal"/>, fits.</summary>
    public bool Fits(string path)
    {
        if (!path.StartsWith(parts[0], StringComparison.Ordinal))
        {
            return false;
        }

        var at = parts[0].Length;
        for (var i = 1; i < parts.Length; i++)
        {
            var last = i == parts.Length - 1;
            if (last && toEnd)
            {
                return path.Length - at >= parts[i].Length && path.EndsWith(parts[i], StringComparison.Ordinal);
            }

            var found = path.IndexOf(parts[i], at, StringComparison.Ordinal);
            if (found < 0)
            {
                return false;
            }

            at = found + parts[i].Length;
        }

        return !toEnd || at == path.Length;
    }

    /// <summary>One spelling for what means the same: unreserved characters bare, all else that is not ASCII encoded, digits in upper case.</summary>
    public static string Normal(string path)
    {
        if (path.AsSpan().IndexOf('%') < 0 && Ascii.IsValid(path))
        {
            return path;
        }

        var built = new StringBuilder(path.Length);
        for (var at = 0; at < path.Length; at++)
        {
            if (path[at] == '%' && at + 2 < path.Length && char.IsAsciiHexDigit(path[at + 1]) && char.IsAsciiHexDigit(path[at + 2]))
            {
                var value = (char)Convert.ToByte(path.Substring(at + 1, 2), 16);
                if (char.IsAsciiLetterOrDigit(value) || value is '-' or '.' or '_' or '~')
                {
                    built.Append(value);
                }
                else
                {
                    built.Append('%').Append(path.AsSpan(at + 1, 2).ToString().ToUpperInvariant());
                }

                at += 2;
            }
            else if (char.IsAscii(path[at]))
            {
                built.Append(path[at]);
            }
            else
            {
                var length = char.IsHighSurrogate(path[at]) && at + 1 < path.Length ? 2 : 1;
                built.Append(Uri.EscapeDataString(path.Substring(at, length)));
                at += length - 1;
            }
        }

        return built.ToString();
    }
}
