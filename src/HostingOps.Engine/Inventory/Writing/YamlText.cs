using System.Globalization;
using System.Text;

namespace HostingOps.Engine.Inventory.Writing;

/// <summary>Texts as YAML scalars that any YAML reader takes for the same text.</summary>
internal static class YamlText
{
    // Words that some version of YAML reads as something else than text.
    private static readonly HashSet<string> Words = new(StringComparer.OrdinalIgnoreCase)
        { "null", "true", "false", "yes", "no", "on", "off", "y", "n" };

    /// <summary>Plain when that is safe in every place, else in double quotes.</summary>
    public static string Scalar(string text) => IsPlain(text) ? text : Quoted(text);

    /// <summary><c>[a, b]</c></summary>
    public static string List(IEnumerable<string> items) => "[" + string.Join(", ", items.Select(Scalar)) + "]";

    /// <summary><c>{ a: 1, b: 2 }</c>, of values that are YAML already.</summary>
    public static string Map(IEnumerable<(string Key, string Value)> entries) =>
        "{ " + string.Join(", ", entries.Select(static entry => entry.Key + ": " + entry.Value)) + " }";

    /// <summary>A text that may stand behind a <c>#</c>: one line, nothing invisible.</summary>
    public static string Comment(string text) =>
        string.Concat(text.Select(static character => char.IsControl(character) || character is '\u2028' or '\u2029' ? ' ' : character));

    private static bool IsPlain(string text) =>
        text.Length > 0
        && (char.IsAsciiLetterOrDigit(text[0]) || text[0] == '/')
        && text.All(static character => char.IsAsciiLetterOrDigit(character) || character is '_' or '.' or '/' or '@' or '-')
        && !Words.Contains(text)
        && !IsNumber(text);

    private static bool IsNumber(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _)
        || text.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
        || text.StartsWith("0o", StringComparison.OrdinalIgnoreCase);

    /// <summary>In double quotes; JSON reads it as well.</summary>
    public static string Quoted(string text)
    {
        var builder = new StringBuilder(text.Length + 2).Append('"');
        foreach (var character in text)
        {
            _ = character switch
            {
                '"' => builder.Append("\\\""),
                '\\' => builder.Append("\\\\"),
                '\n' => builder.Append("\\n"),
                '\r' => builder.Append("\\r"),
                '\t' => builder.Append("\\t"),
                _ when char.IsControl(character) || character is '\u2028' or '\u2029' or '\uFEFF' or '\uFFFE' or '\uFFFF' =>
                    builder.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:X4}"),
                _ => builder.Append(character),
            };
        }

        return builder.Append('"').ToString();
    }
}
