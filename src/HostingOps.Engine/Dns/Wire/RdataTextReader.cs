using System.Text;

namespace HostingOps.Engine.Dns.Wire;

/// <summary>Splits a Route 53 record value into bare words and quoted strings.</summary>
internal sealed class RdataTextReader(string text)
{
    private int at;

    public bool AtEnd
    {
        get
        {
            while (at < text.Length && text[at] is ' ' or '\t')
            {
                at++;
            }

            return at == text.Length;
        }
    }

    /// <summary>The next word up to a blank.</summary>
    public string ReadWord()
    {
        if (AtEnd)
        {
            throw new DnsFormatException($"'{text}' ends too early: another field was expected.");
        }

        var start = at;
        while (at < text.Length && text[at] is not (' ' or '\t'))
        {
            at++;
        }

        return text[start..at];
    }

    /// <summary>The next quoted string: <c>\"</c> and <c>\\</c> stand for the character, <c>\ooo</c> for a byte in octal.</summary>
    public byte[] ReadQuoted(int maximumLength)
    {
        if (AtEnd || text[at] != '"')
        {
            throw new DnsFormatException($"'{text}' lacks a string in quotation marks.");
        }

        at++;
        var bytes = new List<byte>();
        while (at < text.Length && text[at] != '"')
        {
            bytes.Add(ReadQuotedByte());
        }

        if (at == text.Length)
        {
            throw new DnsFormatException($"'{text}' has a string without its closing quotation mark.");
        }

        at++;
        return bytes.Count <= maximumLength
            ? [.. bytes]
            : throw new DnsFormatException($"'{text}' has a string of {bytes.Count} bytes; {maximumLength} are allowed.");
    }

    /// <summary>Takes the rest as read.</summary>
    public void SkipToEnd() => at = text.Length;

    /// <summary>Writes bytes in quotation marks, with numeric escapes of that base.</summary>
    public static void AppendQuoted(StringBuilder output, ReadOnlySpan<byte> bytes, int escapeBase)
    {
        output.Append('"');
        foreach (var value in bytes)
        {
            if (value is (byte)'"' or (byte)'\\')
            {
                output.Append('\\').Append((char)value);
            }
            else if (value is >= 0x20 and <= 0x7E)
            {
                output.Append((char)value);
            }
            else
            {
                DnsNameText.AppendEscape(output, value, escapeBase);
            }
        }

        output.Append('"');
    }

    private byte ReadQuotedByte()
    {
        var character = text[at++];
        if (character == '\\')
        {
            return DnsNameText.TryReadEscape(text, ref at, DnsNameText.Octal, out var value, out var problem)
                ? value
                : throw new DnsFormatException($"'{text}': {problem}");
        }

        return character is >= ' ' and <= '~'
            ? (byte)character
            : throw new DnsFormatException($"'{text}' has a character that Route 53 wants as \\ooo in octal.");
    }
}
