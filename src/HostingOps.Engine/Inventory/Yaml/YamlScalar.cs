namespace HostingOps.Engine.Inventory.Yaml;

/// <summary>A scalar as written. Plain means neither quoted nor a block: only plain scalars are numbers, booleans or null.</summary>
internal sealed class YamlScalar(int line, int column, string text, bool isPlain) : YamlValue(line, column)
{
    private const int LongestQuote = 60;

    public string Text { get; } = text;

    public bool IsPlain { get; } = isPlain;

    public bool IsNull => IsPlain && Text is "" or "~" or "null" or "Null" or "NULL";

    public override string Description => IsNull ? "empty" : Quote(Text);

    /// <summary>The text as it can stand in a one-line message.</summary>
    public static string Quote(string text)
    {
        var shown = text.Length > LongestQuote ? text[..LongestQuote] + "…" : text;
        return "'" + string.Concat(shown.Select(static character => char.IsControl(character) ? '\uFFFD' : character)) + "'";
    }
}
