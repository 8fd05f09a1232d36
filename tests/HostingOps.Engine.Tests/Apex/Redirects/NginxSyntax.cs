using System.Text;

namespace HostingOps.Engine.Tests.Apex.Redirects;

/// <summary>
/// nginx's own way to split a configuration into words, apart from the code that writes it: words end at white space, ';', '{' and
/// '}'; a quote at a word's beginning goes to the next one; a backslash keeps the next character from meaning anything.
/// </summary>
internal static class NginxSyntax
{
    /// <summary>One directive with its words, and what its braces hold.</summary>
    public sealed record Directive(IReadOnlyList<string> Words, IReadOnlyList<Directive>? Block)
    {
        public string Name => Words[0];

        public override string ToString() =>
            string.Join(' ', Words.Select(static word => $"<{word}>")) + (Block is null ? ";" : "{" + string.Concat(Block) + "}");
    }

    public static IReadOnlyList<Directive> Parse(string text)
    {
        var at = 0;
        var directives = Block(text, ref at, depth: 0);
        return at == text.Length ? directives : throw new FormatException($"Something is left at {at}.");
    }

    private static List<Directive> Block(string text, ref int at, int depth)
    {
        var directives = new List<Directive>();
        var words = new List<string>();
        while (at < text.Length)
        {
            var character = text[at];
            if (character is ' ' or '\t' or '\r' or '\n')
            {
                at++;
            }
            else if (character == '#')
            {
                var end = text.IndexOf('\n', at);
                at = end < 0 ? text.Length : end;
            }
            else if (character is ';' or '{')
            {
                if (words.Count == 0)
                {
                    throw new FormatException($"'{character}' without a directive at {at}.");
                }

                at++;
                directives.Add(new Directive(words, character == '{' ? Block(text, ref at, depth + 1) : null));
                words = [];
            }
            else if (character == '}')
            {
                at++;
                return depth > 0 && words.Count == 0 ? directives : throw new FormatException($"'}}' where none belongs at {at}.");
            }
            else
            {
                words.Add(Word(text, ref at));
            }
        }

        return depth == 0 && words.Count == 0 ? directives : throw new FormatException("The text ends inside a directive.");
    }

    private static string Word(string text, ref int at)
    {
        var quote = text[at] is '"' or '\'' ? text[at++] : '\0';
        var word = new StringBuilder();
        while (at < text.Length)
        {
            var character = text[at];
            if (character == '\\' && at + 1 < text.Length)
            {
                word.Append(text[at + 1] switch { '"' or '\'' or '\\' => "", _ => "\\" }).Append(text[at + 1]);
                at += 2;
            }
            else if (quote == '\0' && character is ' ' or '\t' or '\r' or '\n' or ';' or '{')
            {
                return word.ToString();
            }
            else if (quote != '\0' && character == quote)
            {
                at++;
                return at == text.Length || text[at] is ' ' or '\t' or '\r' or '\n' or ';' or '{' or ')'
                    ? word.ToString()
                    : throw new FormatException($"'{text[at]}' right behind a quote at {at}.");
            }
            else
            {
                word.Append(character);
                at++;
            }
        }

        throw new FormatException("The text ends inside a word.");
    }
}
