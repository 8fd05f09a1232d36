using System.Text;

namespace HostingOps.Engine.Alerts;

/// <summary>Texts of alerts as receivers can take them.</summary>
internal static class AlertText
{
    /// <summary>The detail of an alert of what is over already: no end of it is told.</summary>
    public const string OverDetail = "over";

    private const string Ellipsis = "…";

    /// <summary>The event's name as the inventory and receivers write it.</summary>
    public static string EventName(AlertEvent happened) => happened.ToString().ToLowerInvariant();

    /// <summary>One line: no line breaks, no control characters, nothing that turns the direction of writing.</summary>
    public static string Line(string text) => string.Concat(text.Select(static character => IsUnseen(character) || character is '\n' or '\t' ? ' ' : character)).Trim();

    /// <summary>Lines: the same, but line breaks stay.</summary>
    public static string Lines(string text) => string.Concat(text.ReplaceLineEndings("\n").Select(static character => IsUnseen(character) ? ' ' : character)).Trim();

    /// <summary>The text, escaped rune by rune, cut so that it is no longer than a receiver takes, never within an escape or a character.</summary>
    /// <param name="text">The text.</param>
    /// <param name="most">The greatest length.</param>
    /// <param name="escape">How a character is written, or null for as it is.</param>
    /// <param name="length">What a piece counts, or null for UTF-16 units.</param>
    public static string Fit(string text, int most, Func<Rune, string>? escape = null, Func<string, int>? length = null)
    {
        escape ??= static rune => rune.ToString();
        length ??= static piece => piece.Length;
        var fitting = new StringBuilder();
        var counted = 0;
        var keep = 0;
        var room = most - length(Ellipsis);
        foreach (var rune in text.EnumerateRunes())
        {
            var piece = escape(rune);
            counted += length(piece);
            if (counted > most)
            {
                fitting.Length = keep;
                return fitting.Append(Ellipsis).ToString();
            }

            fitting.Append(piece);
            if (counted <= room)
            {
                keep = fitting.Length;
            }
        }

        return fitting.ToString();
    }

    /// <summary>A piece's length in UTF-8.</summary>
    public static int Bytes(string piece) => Encoding.UTF8.GetByteCount(piece);

    /// <summary>Names in a row, as many as fit, and how many more there are.</summary>
    public static string Names(IReadOnlyList<string> names, int shown = 20) => names.Count <= shown
        ? string.Join(", ", names)
        : FormattableString.Invariant($"{string.Join(", ", names.Take(shown))} and {names.Count - shown} more");

    // Directional overrides and isolates could show a text that says something else (CVE-2021-42574).
    private static bool IsUnseen(char character) =>
        (char.IsControl(character) && character is not ('\n' or '\t')) || character is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') or '\u2028' or '\u2029';
}
