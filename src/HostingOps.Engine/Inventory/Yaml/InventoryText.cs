using System.Buffers;
using System.Text;

namespace HostingOps.Engine.Inventory.Yaml;

/// <summary>The text of a file: UTF-8, or UTF-16 and UTF-32 as YAML 1.2 §5.2 tells them apart, with or without a byte order mark.</summary>
internal static class InventoryText
{
    /// <summary>16 MiB: about fifty times an inventory of 5,000 sites.</summary>
    public const int MaxBytes = 16 * 1024 * 1024;

    private static readonly SearchValues<char> ControlCharacters = SearchValues.Create(
        Enumerable.Range(0, 32).Append(127).Select(static code => (char)code).Where(static character => character is not ('\t' or '\n' or '\r')).ToArray());

    /// <summary>Reads the stream to its end, or null with a finding when it is larger than <see cref="MaxBytes"/> or not text.</summary>
    public static string? Read(Stream stream, FindingCollector findings)
    {
        using var buffer = new MemoryStream();
        var chunk = ArrayPool<byte>.Shared.Rent(81920);
        try
        {
            int read;
            while ((read = stream.Read(chunk)) > 0)
            {
                buffer.Write(chunk, 0, read);
                if (buffer.Length > MaxBytes)
                {
                    findings.Add(InventoryRules.TooLarge, 1, 1, FormattableString.Invariant($"The file is larger than {MaxBytes / 1024 / 1024} MiB."));
                    return null;
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(chunk);
        }

        return Decode(buffer.GetBuffer().AsSpan(0, (int)buffer.Length), findings);
    }

    /// <summary>The text without control characters, or null with a finding.</summary>
    public static string? Checked(string text, FindingCollector findings)
    {
        var index = text.AsSpan().IndexOfAny(ControlCharacters);
        if (index < 0)
        {
            return text;
        }

        var (line, column) = PlaceOf(text, index);
        findings.Add(
            InventoryRules.NotText,
            line,
            column,
            FormattableString.Invariant($"The control character U+{(int)text[index]:X4} stands here; none is allowed but tab and line ends."));
        return null;
    }

    /// <summary>Line and column, from 1, of a character.</summary>
    public static (int Line, int Column) PlaceOf(ReadOnlySpan<char> text, int index)
    {
        var before = text[..index];
        var line = 1 + before.Count('\n');
        var column = index - before.LastIndexOf('\n');
        return (line, column);
    }

    private static string? Decode(ReadOnlySpan<byte> bytes, FindingCollector findings)
    {
        var (encoding, mark) = Detect(bytes);
        var body = bytes[mark..];
        try
        {
            return Checked(encoding.GetString(body), findings);
        }
        catch (DecoderFallbackException broken)
        {
            var valid = body[..Math.Clamp(broken.Index, 0, body.Length)];
            var lenient = Encoding.GetEncoding(encoding.CodePage, EncoderFallback.ReplacementFallback, DecoderFallback.ReplacementFallback);
            var before = lenient.GetString(valid);
            var (line, column) = PlaceOf(before, before.Length);
            findings.Add(InventoryRules.NotText, line, column, $"The bytes here are not {encoding.WebName.ToUpperInvariant()} text.");
            return null;
        }
    }

    private static (Encoding Encoding, int MarkLength) Detect(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0xEF, 0xBB, 0xBF, ..] => (Utf8(), 3),
        [0xFF, 0xFE, 0, 0, ..] => (new UTF32Encoding(bigEndian: false, byteOrderMark: true, throwOnInvalidCharacters: true), 4),
        [0, 0, 0xFE, 0xFF, ..] => (new UTF32Encoding(bigEndian: true, byteOrderMark: true, throwOnInvalidCharacters: true), 4),
        [0xFF, 0xFE, ..] => (Utf16(bigEndian: false), 2),
        [0xFE, 0xFF, ..] => (Utf16(bigEndian: true), 2),
        [not 0, 0, not 0, ..] => (Utf16(bigEndian: false), 0),
        [0, not 0, 0, ..] => (Utf16(bigEndian: true), 0),
        _ => (Utf8(), 0),
    };

    private static UTF8Encoding Utf8() => new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static UnicodeEncoding Utf16(bool bigEndian) => new(bigEndian, byteOrderMark: true, throwOnInvalidBytes: true);
}
