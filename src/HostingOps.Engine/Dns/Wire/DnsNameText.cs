using System.Text;

namespace HostingOps.Engine.Dns.Wire;

/// <summary>Names between text and wire, with numeric escapes in one of two bases: decimal as in zone files, octal as in Route 53.</summary>
internal static class DnsNameText
{
    /// <summary>Base of <c>\ddd</c> in zone files (RFC 1035 §5.1).</summary>
    public const int Decimal = 10;

    /// <summary>Base of <c>\ooo</c> in Route 53.</summary>
    public const int Octal = 8;

    /// <summary>The uncompressed wire form, or null with the problem.</summary>
    public static byte[]? TryRead(string text, int escapeBase, out string? problem)
    {
        problem = null;
        if (text == ".")
        {
            return [0];
        }

        Span<byte> wire = stackalloc byte[DnsName.MaximumLength];
        var lengthAt = 0;
        var end = 1;
        for (var at = 0; at < text.Length;)
        {
            if (text[at] == '.')
            {
                problem = end - lengthAt == 1 ? "a label is empty." : null;
                wire[lengthAt] = (byte)(end - lengthAt - 1);
                lengthAt = end++;
                at++;
            }
            else if (TryReadByte(text, ref at, escapeBase, out var value, out problem))
            {
                if (end - lengthAt > DnsName.MaximumLabelLength)
                {
                    problem = "a label is longer than 63 bytes.";
                }
                else if (end < wire.Length)
                {
                    wire[end] = value;
                }

                end++;
            }

            // The root's zero still has to fit behind a label that is not closed yet.
            problem ??= end > DnsName.MaximumLength || (end == DnsName.MaximumLength && lengthAt != end - 1)
                ? "it is longer than 255 bytes."
                : null;
            if (problem is not null)
            {
                return null;
            }
        }

        if (end == 1)
        {
            problem = "it is empty.";
            return null;
        }

        if (end - lengthAt > 1)
        {
            wire[lengthAt] = (byte)(end - lengthAt - 1);
            lengthAt = end++;
        }

        wire[lengthAt] = 0;
        return wire[..end].ToArray();
    }

    /// <summary>Text of a valid wire form, without the trailing dot. Decimal leaves printable ASCII bare; octal only letters, digits, <c>-</c> and <c>_</c>.</summary>
    public static string Write(ReadOnlySpan<byte> wire, int escapeBase)
    {
        if (wire[0] == 0)
        {
            return ".";
        }

        var text = new StringBuilder(wire.Length + 8);
        for (var at = 0; wire[at] != 0;)
        {
            if (at > 0)
            {
                text.Append('.');
            }

            var next = at + wire[at] + 1;
            for (at++; at < next; at++)
            {
                WriteByte(text, wire[at], escapeBase);
            }
        }

        return text.ToString();
    }

    private static void WriteByte(StringBuilder text, byte value, int escapeBase)
    {
        var character = (char)value;
        if (char.IsAsciiLetterOrDigit(character) || character is '-' or '_')
        {
            text.Append(character);
        }
        else if (escapeBase == Octal)
        {
            AppendEscape(text, value, Octal);
        }
        else if (character is '.' or '\\')
        {
            text.Append('\\').Append(character);
        }
        else if (character is > ' ' and <= '~')
        {
            text.Append(character);
        }
        else
        {
            AppendEscape(text, value, Decimal);
        }
    }

    /// <summary>Writes a byte as a backslash and three digits of the base.</summary>
    public static void AppendEscape(StringBuilder text, byte value, int escapeBase) => text
        .Append('\\')
        .Append((char)('0' + (value / (escapeBase * escapeBase))))
        .Append((char)('0' + (value / escapeBase % escapeBase)))
        .Append((char)('0' + (value % escapeBase)));

    private static bool TryReadByte(string text, ref int at, int escapeBase, out byte value, out string? problem)
    {
        value = 0;
        problem = null;
        var character = text[at++];
        if (character == '\\')
        {
            return TryReadEscape(text, ref at, escapeBase, out value, out problem);
        }

        if (character is <= ' ' or > '~')
        {
            problem = character > '~'
                ? "it has a character beyond ASCII; write an international name in its xn-- form."
                : "it has a blank or control character that is not escaped.";
            return false;
        }

        value = (byte)character;
        return true;
    }

    /// <summary>Reads what follows a backslash: three digits of the base, or one character that stands for itself.</summary>
    public static bool TryReadEscape(string text, ref int at, int escapeBase, out byte value, out string? problem)
    {
        value = 0;
        problem = null;
        if (at < text.Length && text[at] is > ' ' and <= '~' and not (>= '0' and <= '9'))
        {
            value = (byte)text[at++];
            return true;
        }

        var number = 0;
        var digits = 0;
        while (digits < 3 && at + digits < text.Length && text[at + digits] >= '0' && text[at + digits] < '0' + escapeBase)
        {
            number = (number * escapeBase) + text[at + digits++] - '0';
        }

        if (digits < 3 || number > byte.MaxValue)
        {
            problem = $"a backslash needs three {(escapeBase == Octal ? "octal" : "decimal")} digits up to {(escapeBase == Octal ? "377" : "255")}, or a character that is no digit.";
            return false;
        }

        at += 3;
        value = (byte)number;
        return true;
    }
}
