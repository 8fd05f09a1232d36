using System.Text;
using System.Text.RegularExpressions;

namespace HostingOps.Engine.Dns.ZoneFiles.Bind;

/// <summary>The substitution of a NAPTR record (RFC 3402 §3.2): <c>!expression!replacement!i</c>.</summary>
internal static partial class NaptrRule
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>Whether it is empty, or a substitution that BIND takes. Unusual ones that BIND might take are refused too.</summary>
    public static bool IsSound(ReadOnlySpan<byte> regexp)
    {
        if (regexp.Length == 0)
        {
            return true;
        }

        var text = Encoding.Latin1.GetString(regexp);
        var delimiter = text[0];
        if (char.IsAsciiDigit(delimiter) || delimiter is '\\' or 'i' or '\0' || text.Any(static character => character is < ' ' or > '~'))
        {
            return false;
        }

        var parts = Split(text[1..], delimiter);
        return parts is [var expression, var replacement, var flags]
            && flags.All(static flag => flag == 'i')
            && IsExpression(expression)
            && Groups(expression) is { } groups
            && Reference().Matches(replacement).All(match => match.Value[1] is var digit && (!char.IsAsciiDigit(digit) || (digit != '0' && digit - '0' <= groups)));
    }

    // A backslash takes the next character along, the delimiter too.
    private static List<string> Split(string text, char delimiter)
    {
        var parts = new List<string>();
        var start = 0;
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] == delimiter)
            {
                parts.Add(text[start..at]);
                start = at + 1;
            }
            else
            {
                at += text[at] == '\\' && parts.Count < 2 ? 1 : 0;
            }
        }

        parts.Add(start <= text.Length ? text[start..] : "\\");
        return parts;
    }

    private static bool IsExpression(string text)
    {
        try
        {
            return Expression().IsMatch(text);
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }

    private static int? Groups(string expression)
    {
        try
        {
            return new Regex(expression, RegexOptions.None, Patience).GetGroupNumbers().Length - 1;
        }
        catch (ArgumentException)
        {
            // Unbalanced, or a range that runs backwards.
            return null;
        }
    }

    // A subset of POSIX extended expressions that every reader understands alike.
    [GeneratedRegex(@"^\^?(?:(?:\((?!\))|(?<=[^(|])\|(?=[^)|$])|\)|(?:[A-Za-z0-9 .@:;/,_=<>&%~'#""-]|\\[.*\[\]^$+?(){}|\\/]|\[\^?(?:[A-Za-z0-9](?:-[A-Za-z0-9])?|[.+_@:])+\])(?:[*+?](?![*+?{]))?)|(?<=\))[*+?](?![*+?{]))*\$?\)*\$?$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Expression();

    [GeneratedRegex(@"\\.", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Reference();
}
