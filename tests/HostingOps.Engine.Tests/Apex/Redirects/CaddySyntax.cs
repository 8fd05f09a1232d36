using System.Text;

namespace HostingOps.Engine.Tests.Apex.Redirects;

/// <summary>
/// A Caddyfile's lines as lists of words, split as Caddy splits them: at white space, but not between quotes, where a backslash
/// keeps a quote from ending the word; a '#' at a word's beginning starts a comment.
/// </summary>
internal static class CaddySyntax
{
    public static IReadOnlyList<string> Lines(string text)
    {
        var lines = new List<string>();
        var words = new List<string>();
        var at = 0;
        while (at < text.Length)
        {
            var character = text[at];
            if (character == '\n')
            {
                if (words.Count > 0)
                {
                    lines.Add(string.Join(' ', words.Select(static word => $"<{word}>")));
                    words = [];
                }

                at++;
            }
            else if (char.IsWhiteSpace(character))
            {
                at++;
            }
            else if (character == '#')
            {
                at = text.IndexOf('\n', at);
            }
            else
            {
                words.Add(Word(text, ref at));
            }
        }

        return words.Count == 0 ? lines : throw new FormatException("The last line does not end.");
    }

    private static string Word(string text, ref int at)
    {
        var quote = text[at] is '"' or '`' ? text[at++] : '\0';
        var word = new StringBuilder();
        while (quote == '\0' ? !char.IsWhiteSpace(text[at]) : text[at] != quote)
        {
            if (quote == '"' && text[at] == '\\' && text[at + 1] == '"')
            {
                at++;
            }

            word.Append(text[at++]);
        }

        at += quote == '\0' ? 0 : 1;
        return word.ToString();
    }
}
