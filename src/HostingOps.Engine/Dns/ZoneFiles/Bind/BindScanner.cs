namespace HostingOps.Engine.Dns.ZoneFiles.Bind;

/// <summary>Splits a zone file into entries (RFC 1035 §5.1). What is wrong is reported, and reading goes on with the next line.</summary>
internal sealed class BindScanner(string text, ZoneFileProblems problems)
{
    private int at;
    private int line = 1;
    private int lineStart;

    private int Column => at - lineStart + 1;

    public IEnumerable<BindEntry> Entries()
    {
        while (at < text.Length)
        {
            yield return ReadEntry();
        }
    }

    private BindEntry ReadEntry()
    {
        var tokens = new List<BindToken>();
        var (first, startsBlank) = (line, text[at] is ' ' or '\t');
        (int Line, int Column)? open = null;
        string? comment = null;
        var (commentLine, commentColumn) = (0, 0);
        while (at < text.Length)
        {
            switch (text[at])
            {
                case '\r' or '\n':
                    NextLine();
                    if (open is null)
                    {
                        return Entry();
                    }

                    break;
                case ' ' or '\t':
                    at++;
                    break;
                case ';':
                    at++;
                    (commentLine, commentColumn) = (line, Column);
                    comment = ReadComment();
                    break;
                case '(' when open is null:
                    open = (line, Column);
                    at++;
                    break;
                case ')' when open is not null:
                    open = null;
                    at++;
                    break;
                case '(' or ')':
                    problems.Add(line, Column, text[at] == '(' ? "A parenthesis opens within another." : "A parenthesis closes that was not opened.");
                    at++;
                    break;
                case '"':
                    tokens.Add(ReadQuoted());
                    break;
                default:
                    tokens.Add(ReadWord());
                    break;
            }
        }

        if (open is { } place)
        {
            problems.Add(place.Line, place.Column, "The parenthesis that opens here is not closed.");
        }

        return Entry();

        BindEntry Entry() => new(tokens, startsBlank, comment, first, commentLine, commentColumn);
    }

    private void NextLine()
    {
        at += text[at] == '\r' && at + 1 < text.Length && text[at + 1] == '\n' ? 2 : 1;
        line++;
        lineStart = at;
    }

    private string ReadComment()
    {
        var start = at;
        var length = text.AsSpan(at).IndexOfAny('\r', '\n');
        at = length < 0 ? text.Length : at + length;
        return text[start..at];
    }

    private BindToken ReadQuoted()
    {
        var (start, column) = (at + 1, Column);
        SkipQuoted();
        return new BindToken(text[start..Math.Max(start, at - 1)], true, line, column);
    }

    // Strings within a word belong to it: alpn="h2,h3".
    private BindToken ReadWord()
    {
        var (start, column) = (at, Column);
        while (at < text.Length && text[at] is not (' ' or '\t' or '\r' or '\n' or ';' or '(' or ')'))
        {
            if (text[at] == '"')
            {
                SkipQuoted();
            }
            else
            {
                SkipOne();
            }
        }

        return new BindToken(text[start..at], false, line, column);
    }

    private void SkipQuoted()
    {
        var column = Column;
        at++;
        while (at < text.Length && text[at] is not ('"' or '\r' or '\n'))
        {
            SkipOne();
        }

        if (at < text.Length && text[at] == '"')
        {
            at++;
            return;
        }

        problems.Add(line, column, "The string that opens here is not closed in its line.");
    }

    private void SkipOne() => at += text[at] == '\\' && at + 1 < text.Length && text[at + 1] is not ('\r' or '\n') ? 2 : 1;
}
