using System.Globalization;
using System.Text;

namespace HostingOps.Engine.Mirror.Parsing;

/// <summary>
/// Finds the URLs of a style sheet or a style attribute where they stand: url(), @import, image-set(), by the tokens of
/// CSS Syntax Level 3 §4. What they are part of does not matter: a browser that knows the rule fetches them.
/// </summary>
internal static class CssReader
{
    /// <summary>A URL of a style sheet.</summary>
    /// <param name="Start">Where its raw text stands, quotes left out.</param>
    /// <param name="Length">Its raw length.</param>
    /// <param name="Value">What it says, escapes undone.</param>
    public readonly record struct Reference(int Start, int Length, string Value);

    /// <summary>All URLs in the order in which they stand.</summary>
    public static List<Reference> Find(string css)
    {
        var found = new List<Reference>();
        var functions = new Stack<string>();
        var rule = "";
        for (var at = 0; at < css.Length;)
        {
            var character = css[at];
            if (character == '/' && Next(css, at) == '*')
            {
                var end = css.IndexOf("*/", at + 2, StringComparison.Ordinal);
                at = end < 0 ? css.Length : end + 2;
            }
            else if (character is '"' or '\'')
            {
                var (end, closed) = EndOfString(css, at);
                var text = new Reference(at + 1, end - at - 1, Unescape(css.AsSpan(at + 1, end - at - 1)));
                if (closed && (IsUrlFunction(functions) || (rule == "import" && functions.Count == 0)))
                {
                    Add(found, text, rule);
                }

                rule = rule == "import" && functions.Count == 0 ? "" : rule;
                at = closed ? end + 1 : end;
            }
            else if (StartsName(css, at))
            {
                var end = EndOfName(css, at);
                var name = Unescape(css.AsSpan(at, end - at));
                at = end;
                if (Next(css, end - 1) == '(')
                {
                    at = Open(css, end + 1, name, functions, found, rule);
                }
            }
            else if (character == '@' && at + 1 < css.Length && StartsName(css, at + 1))
            {
                var end = EndOfName(css, at + 1);
                rule = Unescape(css.AsSpan(at + 1, end - at - 1)).ToLowerInvariant();
                at = end;
            }
            else
            {
                switch (character)
                {
                    case '(':
                        functions.Push("");
                        break;
                    case ')' when functions.Count > 0:
                        functions.Pop();
                        break;
                    case ';' or '{' or '}':
                        rule = "";
                        functions.Clear();
                        break;
                }

                at++;
            }
        }

        return found;
    }

    /// <summary>The edits that make a style sheet's references say what the desk wants.</summary>
    public static List<TextEdit> Read(string css, LinkDesk desk, int offset = 0, Func<string, string>? escape = null)
    {
        var edits = new List<TextEdit>();
        foreach (var reference in Find(css))
        {
            if (desk.Take(reference.Value, ReferenceUse.Asset) is { } wanted)
            {
                edits.Add(RawValue.Replace(
                    offset + reference.Start,
                    css.Substring(reference.Start, reference.Length),
                    wanted,
                    static raw => Unescape(raw),
                    escape is null ? Escape : text => escape(Escape(text))));
            }
        }

        return edits;
    }

    private static int Open(string css, int at, string name, Stack<string> functions, List<Reference> found, string rule)
    {
        if (!name.Equals("url", StringComparison.OrdinalIgnoreCase))
        {
            functions.Push(name.ToLowerInvariant());
            return at;
        }

        var start = at;
        while (start < css.Length && IsSpace(css[start]))
        {
            start++;
        }

        if (start < css.Length && css[start] is '"' or '\'')
        {
            functions.Push("url");
            return start;
        }

        // An unquoted url( is one token up to its bracket, whatever stands in it.
        var end = start;
        while (end < css.Length && css[end] != ')')
        {
            end += css[end] == '\\' && end + 1 < css.Length ? 2 : 1;
        }

        end = Math.Min(end, css.Length);
        var last = end;
        while (last > start && IsSpace(css[last - 1]) && (last < 2 || css[last - 2] != '\\'))
        {
            last--;
        }

        var raw = css.AsSpan(start, last - start);
        if (raw.IndexOfAny("\"'( \t\r\n\f") < 0 || raw.Contains('\\'))
        {
            Add(found, new Reference(start, last - start, Unescape(raw)), rule);
        }

        return Math.Min(end + 1, css.Length);
    }

    private static void Add(List<Reference> found, Reference reference, string rule)
    {
        // A namespace is a name that looks like a URL.
        if (rule != "namespace" && reference.Length > 0)
        {
            found.Add(reference);
        }
    }

    private static bool IsUrlFunction(Stack<string> functions) =>
        functions.TryPeek(out var function) && function is "url" or "src" or "image" or "image-set" or "-webkit-image-set";

    private static char Next(string css, int at) => at + 1 < css.Length ? css[at + 1] : '\0';

    private static bool StartsName(string css, int at) =>
        IsName(css[at]) && !char.IsAsciiDigit(css[at]) && css[at] != '-'
        || (css[at] == '-' && at + 1 < css.Length && (css[at + 1] == '-' || (IsName(css[at + 1]) && !char.IsAsciiDigit(css[at + 1])) || css[at + 1] == '\\'))
        || (css[at] == '\\' && at + 1 < css.Length && css[at + 1] is not ('\n' or '\r' or '\f'));

    private static int EndOfName(string css, int at)
    {
        while (at < css.Length)
        {
            if (IsName(css[at]))
            {
                at++;
            }
            else if (css[at] == '\\' && at + 1 < css.Length && css[at + 1] is not ('\n' or '\r' or '\f'))
            {
                at = AfterEscape(css, at);
            }
            else
            {
                break;
            }
        }

        return at;
    }

    // A white space after hexadecimal digits belongs to the escape.
    private static int AfterEscape(string css, int at)
    {
        var end = at + 1;
        while (end < css.Length && end - at <= 6 && char.IsAsciiHexDigit(css[end]))
        {
            end++;
        }

        return end == at + 1 ? Math.Min(css.Length, at + 2) : end < css.Length && IsSpace(css[end]) ? end + 1 : end;
    }

    private static (int End, bool Closed) EndOfString(string css, int at)
    {
        var quote = css[at++];
        while (at < css.Length)
        {
            if (css[at] == quote)
            {
                return (at, true);
            }

            if (css[at] is '\n' or '\r' or '\f')
            {
                return (at, false);
            }

            at += css[at] == '\\' && at + 1 < css.Length ? 2 : 1;
        }

        return (css.Length, false);
    }

    /// <summary>Undoes the escapes of §4.3.7.</summary>
    public static string Unescape(ReadOnlySpan<char> raw)
    {
        if (!raw.Contains('\\'))
        {
            return raw.ToString();
        }

        var text = new StringBuilder(raw.Length);
        for (var at = 0; at < raw.Length; at++)
        {
            if (raw[at] != '\\' || at + 1 >= raw.Length)
            {
                text.Append(raw[at]);
                continue;
            }

            var digits = 0;
            while (digits < 6 && at + 1 + digits < raw.Length && char.IsAsciiHexDigit(raw[at + 1 + digits]))
            {
                digits++;
            }

            if (digits == 0)
            {
                at++;
                if (raw[at] == '\r' && at + 1 < raw.Length && raw[at + 1] == '\n')
                {
                    at++;
                }
                else if (raw[at] is not ('\n' or '\r' or '\f'))
                {
                    text.Append(raw[at]);
                }

                continue;
            }

            var code = int.Parse(raw.Slice(at + 1, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            text.Append(code is 0 or > 0x10FFFF or (>= 0xD800 and <= 0xDFFF) ? "\uFFFD" : char.ConvertFromUtf32(code));
            at += digits;
            if (at + 1 < raw.Length && IsSpace(raw[at + 1]))
            {
                at++;
            }
        }

        return text.ToString();
    }

    private static string Escape(string text)
    {
        if (text.AsSpan().IndexOfAny("\"'()\\ ") < 0)
        {
            return text;
        }

        var escaped = new StringBuilder(text.Length + 4);
        foreach (var character in text)
        {
            escaped.Append(character is '"' or '\'' or '(' or ')' or '\\' or ' ' ? "\\" : "").Append(character);
        }

        return escaped.ToString();
    }

    private static bool IsName(char character) => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' || character >= '\u0080';

    private static bool IsSpace(char character) => character is ' ' or '\t' or '\n' or '\r' or '\f';
}
