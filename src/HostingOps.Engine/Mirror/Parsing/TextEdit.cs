using System.Text;

namespace HostingOps.Engine.Mirror.Parsing;

/// <summary>A piece of a text that is replaced; everything around it stays as it is.</summary>
internal readonly record struct TextEdit(int Start, int Length, string Text)
{
    /// <summary>Makes the edits, which do not overlap.</summary>
    public static string Apply(string text, IReadOnlyList<TextEdit> edits)
    {
        if (edits.Count == 0)
        {
            return text;
        }

        var built = new StringBuilder(text.Length);
        var from = 0;
        foreach (var edit in edits.OrderBy(static edit => edit.Start))
        {
            built.Append(text, from, edit.Start - from).Append(edit.Text);
            from = edit.Start + edit.Length;
        }

        return built.Append(text, from, text.Length - from).ToString();
    }
}
