using System.Text;

namespace HostingOps.Engine.Mirror.Parsing;

/// <summary>Finds out in which charset a text is written: its mark, then its Content-Type, then what it says itself, then UTF-8.</summary>
internal static class DocumentCharset
{
    // HTML Standard §13.2.3.2 looks no further.
    private const int Prescanned = 1024;

    /// <summary>The encoding, and the charset's name where the document itself names it (HTML's meta, CSS's @charset, XML's declaration).</summary>
    public static (Encoding Encoding, string? Named) Of(ReadOnlySpan<byte> body, string? contentType)
    {
        if (body.StartsWith("\uFEFF"u8))
        {
            return (Encoding.UTF8, "utf-8");
        }

        if (body.Length >= 2 && body[0] == 0xFF && body[1] == 0xFE)
        {
            return (Encoding.Unicode, "utf-16le");
        }

        if (body.Length >= 2 && body[0] == 0xFE && body[1] == 0xFF)
        {
            return (Encoding.BigEndianUnicode, "utf-16be");
        }

        var named = NamedIn(Encoding.Latin1.GetString(body[..Math.Min(body.Length, Prescanned)]));
        return ((Find(ContentTypes.Charset(contentType)) ?? Find(named)) is { } encoding ? encoding : Encoding.UTF8, named);
    }

    /// <summary>Whether a byte below 0x40 is always the ASCII character in this encoding, so that markup stands where its bytes stand.</summary>
    public static bool IsAsciiBased(Encoding encoding) => encoding.CodePage is not (1200 or 1201 or 12000 or 12001);

    private static Encoding? Find(string? charset)
    {
        if (string.IsNullOrWhiteSpace(charset))
        {
            return null;
        }

        // Browsers read Latin-1 as windows-1252 (Encoding Standard §4.2).
        var name = charset.Trim().Trim('"', '\'').ToLowerInvariant() is var given && given is "iso-8859-1" or "latin1" or "us-ascii" or "ascii" ? "windows-1252" : given;
        if (CodePagesEncodingProvider.Instance.GetEncoding(name) is { } page)
        {
            return page;
        }

        try
        {
            return Encoding.GetEncoding(name);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static string? NamedIn(string beginning)
    {
        foreach (var mark in (ReadOnlySpan<string>)["charset", "encoding="])
        {
            var at = beginning.IndexOf(mark, StringComparison.OrdinalIgnoreCase);
            if (at < 0)
            {
                continue;
            }

            var rest = beginning.AsSpan(at + mark.Length).TrimStart(" =\t\r\n\"'");
            var end = rest.IndexOfAny(" \"';>?\t\r\n/");
            if (end > 0 && end < 40)
            {
                return rest[..end].ToString().ToLowerInvariant();
            }
        }

        return null;
    }
}
