using System.Buffers;

namespace HostingOps.Engine.Mirror.Parsing;

/// <summary>Puts a reference in the place of another, with as few characters changed as can be.</summary>
internal static class RawValue
{
    private static readonly SearchValues<char> AfterAuthority = SearchValues.Create("/?#\\");

    /// <summary>
    /// The edit that makes the raw text say the new reference. Where the raw text is an absolute URL whose rest stays, only its
    /// beginning goes, so that the rest keeps its own spelling.
    /// </summary>
    /// <param name="start">Where the raw text stands.</param>
    /// <param name="raw">As it stands in the source.</param>
    /// <param name="reference">The new reference, decoded.</param>
    /// <param name="means">What a raw text of the source means once it is decoded.</param>
    /// <param name="escape">How a text is written in the source.</param>
    public static TextEdit Replace(int start, string raw, string reference, Func<string, string> means, Func<string, string> escape)
    {
        var scheme = raw.IndexOf("//", StringComparison.Ordinal);
        if (scheme >= 0)
        {
            var rest = raw.AsSpan(scheme + 2).IndexOfAny(AfterAuthority);
            var cut = rest < 0 ? raw.Length : scheme + 2 + rest;
            var tail = raw[cut..];
            var said = means(tail);

            // The reference is "/path…" for the site and "/.mirror/host/path…" for an asset host.
            if (said.Length > 0 && said[0] == '/' && reference.EndsWith(said, StringComparison.Ordinal) && !said.StartsWith("//", StringComparison.Ordinal))
            {
                return new TextEdit(start, cut, escape(reference[..^said.Length]));
            }
        }

        return new TextEdit(start, raw.Length, escape(reference));
    }
}
