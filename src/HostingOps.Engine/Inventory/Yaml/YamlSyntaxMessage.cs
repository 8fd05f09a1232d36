namespace HostingOps.Engine.Inventory.Yaml;

/// <summary>Says in our words what the YAML parser stumbled over, and how to mend it.</summary>
internal static class YamlSyntaxMessage
{
    // The parser tells its complaints apart by text only; what is not listed gets the general message.
    private static readonly (string Hint, string Message, string Fix)[] Known =
    [
        ("invalid mapping", "A ': ' stands inside a plain value, or the line is indented deeper than its neighbours.", "Put the value in quotes if the ':' belongs to it, or correct the indentation."),
        ("escape character", "A backslash in double quotes is followed by something that is no escape.", "Use single quotes, or write the backslash twice."),
        ("hexadecimal", "A \\x, \\u or \\U in double quotes is not followed by its hexadecimal digits.", "Use single quotes, or write the backslash twice."),
        ("surrogates", "A \\u escape in double quotes is half a character.", "Write the character itself."),
        ("quoted scalar", "The quote that opens here is not closed.", "Close the quote, and indent lines that continue it."),
        ("cannot start any token", "A plain value cannot begin with this character.", "Put the value in quotes."),
        ("anchor or alias", "An '&' or '*' begins an anchor or alias here, without a name.", "Put the value in quotes if the character belongs to it."),
        ("expected '-'", "A list item '- ' was expected at this indentation.", "Give all items of the list the same indentation, and end the list before the next key."),
        ("Block sequence entries", "A list begins on the line of its key.", "Begin the list on the next line, or write it as [a, b]."),
        ("expected key", "A 'key: value' was expected here.", "Check this line's indentation and ':', and that the line above is complete."),
        ("expected ':'", "A key without its ':' stands here.", "Write 'key: value'."),
        ("node content", "A value was expected here, and there is none.", "Write the value, or remove a ',' or bracket too many."),
        ("block scalar", "The '|' or '>' here is followed by something else than a line end.", "Begin the text on the next line, or put the value in quotes."),
        ("tag", "A '!' begins a YAML tag here, which the inventory does not use.", "Put the value in quotes if the '!' belongs to it."),
        ("%", "A '%' directive that cannot be read.", "Remove the line: the inventory needs no directives."),
        ("incompatible YAML", "The %YAML directive asks for another version of YAML.", "Remove the line: the inventory needs no directives."),
    ];

    /// <summary>The place (from 1), what was seen and what to do.</summary>
    /// <param name="complaint">The parser's own text, used only to tell the kinds apart.</param>
    /// <param name="line">Line of the complaint.</param>
    /// <param name="column">Column of the complaint.</param>
    /// <param name="bracket">Place of the innermost <c>[</c> or <c>{</c> that is still open, or null.</param>
    /// <param name="text">The document.</param>
    public static (int Line, int Column, string Message, string Fix) Explain(
        string complaint, int line, int column, (char Kind, int Line, int Column)? bracket, string text)
    {
        if (FindTab(text, line) is { } tab)
        {
            return (tab.Line, tab.Column, "A tab stands in the indentation; YAML allows only spaces there.", "Replace the tab with spaces.");
        }

        if (bracket is { } open && !complaint.Contains("quoted scalar", StringComparison.Ordinal))
        {
            var closing = open.Kind == '[' ? ']' : '}';
            return (
                open.Line,
                open.Column,
                FormattableString.Invariant($"The '{open.Kind}' that opens here is not closed before line {line}, column {column}, or holds what cannot stand in it."),
                $"Add the missing ',' or '{closing}', or put a value that holds one of , [ ] {{ }} or ': ' in quotes.");
        }

        foreach (var (hint, message, fix) in Known)
        {
            if (complaint.Contains(hint, StringComparison.Ordinal))
            {
                return (line, column, message, fix);
            }
        }

        return (line, column, "This is not valid YAML.", InventoryRules.NotYaml.Remedy + ".");
    }

    // The parser reports a tab at the construct that it breaks, which may be a line above it.
    private static (int Line, int Column)? FindTab(string text, int line)
    {
        var number = 0;
        foreach (var current in text.AsSpan().EnumerateLines())
        {
            number++;
            if (number < line)
            {
                continue;
            }

            var indentation = current[..(current.Length - current.TrimStart(" \t").Length)];
            var tab = indentation.IndexOf('\t');
            if (tab >= 0 && indentation.Length < current.Length)
            {
                return (number, tab + 1);
            }

            if (number > line && current.Length > 0)
            {
                return null;
            }
        }

        return null;
    }
}
