using System.Buffers;
using System.Globalization;
using System.Text;

namespace HostingOps.Engine.Inventory.Reading;

/// <summary>Bare domains (RFC 1035 §2.3.1, RFC 1123 §2.1), international ones turned into ASCII (RFC 3490, UTS 46).</summary>
internal static class DomainSyntax
{
    // "www." has to fit in front of it.
    private const int LongestDomain = 253 - 4;

    private static readonly SearchValues<char> Label = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");
    private static readonly SearchValues<char> LabelOrUnderscore = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-_");

    // Cyrillic and Greek letters that look like Latin ones in common fonts.
    private const string LookAlikes = "асеорхуѕіјӏԁһԛԝνοανι";

    /// <summary>The domain in lower case ASCII without final dot, or null with the problem.</summary>
    public static string? Read(string text, out string problem, out string? fix)
    {
        fix = null;
        problem = "";
        var domain = text.Trim();
        if (domain.Contains("://", StringComparison.Ordinal) || domain.Contains('/', StringComparison.Ordinal))
        {
            problem = "is a web address";
            fix = Uri.TryCreate(domain.Contains("://", StringComparison.Ordinal) ? domain : "https://" + domain, UriKind.Absolute, out var uri) && uri.Host.Length > 0
                ? $"Write '{uri.Host}'."
                : null;
            return null;
        }

        if (domain.EndsWith('.'))
        {
            domain = domain[..^1];
        }

        if (!TryToAscii(domain, out var ascii))
        {
            problem = "cannot be turned into ASCII (punycode)";
            return null;
        }

        var labels = ascii.Split('.');
        problem = labels switch
        {
            _ when ascii.Length == 0 => "is empty",
            _ when AddressSyntax.LooksLikeIPv4(ascii) || ascii.Contains(':', StringComparison.Ordinal) => "is an address or has a port",
            [_] => "has no dot",
            _ when ascii.Length > LongestDomain => string.Create(CultureInfo.InvariantCulture, $"is longer than {LongestDomain} characters"),
            _ => ProblemOf(labels, allowUnderscore: false) ?? "",
        };
        return problem.Length == 0 ? ascii : null;
    }

    /// <summary>What is wrong with the first wrong label, or null.</summary>
    public static string? ProblemOf(IEnumerable<string> labels, bool allowUnderscore)
    {
        foreach (var label in labels)
        {
            if (ProblemOf(label, allowUnderscore) is { } problem)
            {
                return problem;
            }
        }

        return null;
    }

    /// <summary>What is wrong with a label in lower case ASCII, or null.</summary>
    public static string? ProblemOf(string label, bool allowUnderscore) => label switch
    {
        "" => "has an empty label",
        { Length: > 63 } => "has a label longer than 63 characters",
        _ when label[0] == '-' || label[^1] == '-' => $"has the label '{label}', which begins or ends with '-'",
        _ when !label.AsSpan().ContainsAnyExcept(allowUnderscore ? LabelOrUnderscore : Label) => null,
        _ => $"has the label {Yaml.YamlScalar.Quote(label)} with other characters than letters, digits and '-'",
    };

    /// <summary>Why the name may be taken for another, or null. Takes the ASCII form.</summary>
    public static string? LookAlike(string ascii)
    {
        if (!ascii.Contains("xn--", StringComparison.Ordinal) || !TryToUnicode(ascii, out var unicode))
        {
            return null;
        }

        foreach (var label in unicode.Split('.'))
        {
            var scripts = label.EnumerateRunes().Select(ScriptOf).OfType<string>().Distinct().ToList();
            if (scripts.Count > 1)
            {
                return $"The label '{label}' mixes {string.Join(" and ", scripts)} letters";
            }

            if (scripts is ["Cyrillic" or "Greek"] && label.All(character => !char.IsLetter(character) || LookAlikes.Contains(character, StringComparison.Ordinal)))
            {
                return $"The label '{label}' is made of {scripts[0]} letters that look like Latin ones";
            }
        }

        return null;
    }

    private static bool TryToAscii(string domain, out string ascii)
    {
        if (Ascii.IsValid(domain))
        {
            ascii = domain.ToLowerInvariant();
            return !ascii.Contains("xn--", StringComparison.Ordinal) || TryToUnicode(ascii, out _);
        }

        try
        {
            ascii = Mapping().GetAscii(domain).ToLowerInvariant();
            return true;
        }
        catch (ArgumentException)
        {
            // IdnMapping's way to say that the name is not one; the caller reports it.
            ascii = "";
            return false;
        }
    }

    private static bool TryToUnicode(string ascii, out string unicode)
    {
        try
        {
            unicode = Mapping().GetUnicode(ascii);
            return true;
        }
        catch (ArgumentException)
        {
            // A label that begins with xn-- and is no punycode; the caller reports it.
            unicode = "";
            return false;
        }
    }

    private static IdnMapping Mapping() => new() { UseStd3AsciiRules = true };

    private static string? ScriptOf(Rune rune) => rune.Value switch
    {
        (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= 0xC0 and <= 0x24F and not 0xD7 and not 0xF7) or (>= 0x1E00 and <= 0x1EFF) => "Latin",
        (>= 0x370 and <= 0x3FF) or (>= 0x1F00 and <= 0x1FFF) => "Greek",
        (>= 0x400 and <= 0x52F) or (>= 0x1C80 and <= 0x1C8F) => "Cyrillic",
        >= 0x530 and <= 0x58F => "Armenian",
        (>= 0x13A0 and <= 0x13FF) or (>= 0xAB70 and <= 0xABBF) => "Cherokee",
        _ => null,
    };
}
