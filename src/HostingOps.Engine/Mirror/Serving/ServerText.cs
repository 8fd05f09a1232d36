using System.Globalization;
using System.Text;

namespace HostingOps.Engine.Mirror.Serving;

/// <summary>Text from outside as words of a server's configuration.</summary>
internal static class ServerText
{
    /// <summary>Stands in nginx for a dollar sign, which nothing escapes there.</summary>
    public const string NginxDollar = "${hostingops_mirror_dollar}";

    /// <summary>Whether it has a white space, a control character or half a character, which no URL has.</summary>
    public static bool IsStrange(string text) => text.Any(static character => character <= ' ' || char.IsControl(character) || char.IsSurrogate(character) || char.IsWhiteSpace(character));

    /// <summary>A word for nginx in which nothing is replaced: a map's key, a regular expression, a type.</summary>
    public static string NginxWord(string text) => "\"" + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\"";

    /// <summary>A word for nginx in which variables would be replaced.</summary>
    public static string NginxValue(string text) => NginxWord(text.Replace("$", NginxDollar, StringComparison.Ordinal));

    /// <summary>A word for Caddy, or null when it can't be written: what is in braces would be replaced.</summary>
    public static string? CaddyWord(string text) => text.AsSpan().ContainsAny('{', '}', '`') ? null : "`" + text + "`";

    /// <summary>A regular expression that matches only this, for PCRE, RE2 and .NET alike.</summary>
    public static string Pattern(string text)
    {
        var pattern = new StringBuilder(text.Length + 8);
        foreach (var character in text)
        {
            // Caddy ends a word at the first, and replaces what is between the others.
            if (character is '`' or '{' or '}')
            {
                pattern.Append(CultureInfo.InvariantCulture, $"\\x{(int)character:x2}");
                continue;
            }

            if (char.IsAscii(character) && !char.IsAsciiLetterOrDigit(character) && character is not ('_' or '/' or '-' or '=' or '&' or ' '))
            {
                pattern.Append('\\');
            }

            pattern.Append(character);
        }

        return pattern.ToString();
    }
}
