namespace HostingOps.Engine.Mirror.Parsing;

/// <summary>
/// Finds where the attributes of a start tag stand in the source. That it is a tag is known from the parser; here are only
/// the states inside one (HTML Standard §13.2.5.32 to 40).
/// </summary>
internal static class TagScanner
{
    /// <summary>One attribute.</summary>
    /// <param name="Name">In lower case.</param>
    /// <param name="Start">Where its value begins, quotes left out.</param>
    /// <param name="Length">The raw value's length.</param>
    /// <param name="IsQuoted">Whether quotes stand around it.</param>
    public readonly record struct Attribute(string Name, int Start, int Length, bool IsQuoted);

    /// <summary>Reads a tag.</summary>
    /// <param name="text">The source.</param>
    /// <param name="at">Where its opening bracket stands.</param>
    /// <param name="attributes">Filled with its attributes, the first of each name.</param>
    /// <returns>Where the text after the tag begins.</returns>
    public static int Scan(string text, int at, List<Attribute> attributes)
    {
        attributes.Clear();
        at++;
        while (at < text.Length && !IsSpace(text[at]) && text[at] is not ('/' or '>'))
        {
            at++;
        }

        while (at < text.Length)
        {
            if (text[at] == '>')
            {
                return at + 1;
            }

            if (IsSpace(text[at]) || text[at] == '/')
            {
                at++;
                continue;
            }

            at = ScanAttribute(text, at, attributes);
        }

        return text.Length;
    }

    private static int ScanAttribute(string text, int at, List<Attribute> attributes)
    {
        var start = at++;
        while (at < text.Length && !IsSpace(text[at]) && text[at] is not ('/' or '>' or '='))
        {
            at++;
        }

        var name = text[start..at].ToLowerInvariant();
        var after = at;
        while (after < text.Length && IsSpace(text[after]))
        {
            after++;
        }

        if (after >= text.Length || text[after] != '=')
        {
            return at;
        }

        at = after + 1;
        while (at < text.Length && IsSpace(text[at]))
        {
            at++;
        }

        if (at >= text.Length || text[at] == '>')
        {
            return at;
        }

        int end;
        var quoted = text[at] is '"' or '\'';
        if (quoted)
        {
            start = at + 1;
            end = text.IndexOf(text[at], start);
            end = end < 0 ? text.Length : end;
            at = Math.Min(end + 1, text.Length);
        }
        else
        {
            start = at;
            while (at < text.Length && !IsSpace(text[at]) && text[at] != '>')
            {
                at++;
            }

            end = at;
        }

        if (!attributes.Exists(attribute => attribute.Name == name))
        {
            attributes.Add(new Attribute(name, start, end - start, quoted));
        }

        return at;
    }

    private static bool IsSpace(char character) => character is ' ' or '\t' or '\n' or '\f' or '\r';
}
