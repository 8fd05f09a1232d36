using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace HostingOps.Engine.Dns.Wire;

/// <summary>Record data between kept bytes and Route 53 value text; the generic form of RFC 3597 §5 for types without a layout.</summary>
internal static class RdataText
{
    private const string Generic = "\\#";

    public static byte[] Parse(DnsRecordType type, string text)
    {
        var reader = new RdataTextReader(text);
        var data = new WireWriter();
        if (RdataLayout.Of(type) is { } layout)
        {
            foreach (var field in layout)
            {
                ParseField(reader, data, field);
            }
        }
        else
        {
            ParseGeneric(reader, data, type, text);
        }

        return reader.AtEnd && data.Position <= ushort.MaxValue
            ? data.ToArray()
            : throw new DnsFormatException($"'{text}' is too long for a {type.ToText()} record, or has something behind its last field.");
    }

    public static string Format(DnsRecordType type, byte[] data) => Format(type, data, RdataDialect.Route53);

    /// <summary>The text of the data in a dialect.</summary>
    public static string Format(DnsRecordType type, byte[] data, RdataDialect dialect)
    {
        var text = new StringBuilder();
        if (RdataLayout.Of(type) is not { } layout)
        {
            return text.Append(CultureInfo.InvariantCulture, $"{Generic} {data.Length} {Convert.ToHexString(data)}").ToString().TrimEnd();
        }

        var reader = new WireReader(data);
        foreach (var field in layout)
        {
            text.Append(text.Length > 0 ? " " : "");
            FormatField(ref reader, text, field, data.Length, dialect);
        }

        // An empty last field leaves its separator behind.
        return text.ToString().TrimEnd();
    }

    private static void ParseField(RdataTextReader reader, WireWriter data, RdataField field)
    {
        switch (field)
        {
            case RdataField.IPv4:
                data.WriteBytes(ParseAddress(reader.ReadWord(), AddressFamily.InterNetwork));
                break;
            case RdataField.IPv6:
                data.WriteBytes(ParseAddress(reader.ReadWord(), AddressFamily.InterNetworkV6));
                break;
            case RdataField.CompressibleName or RdataField.Name:
                data.WriteBytes(Route53Name.Parse(reader.ReadWord()).Wire);
                break;
            case RdataField.Byte:
                data.WriteByte((byte)ParseNumber(reader.ReadWord(), byte.MaxValue));
                break;
            case RdataField.Word:
                data.WriteUInt16((ushort)ParseNumber(reader.ReadWord(), ushort.MaxValue));
                break;
            case RdataField.Long:
                data.WriteUInt32(ParseNumber(reader.ReadWord(), uint.MaxValue));
                break;
            case RdataField.Tag:
                WriteString(data, ParseTag(reader.ReadWord()));
                break;
            case RdataField.String:
                WriteString(data, reader.ReadQuoted(byte.MaxValue));
                break;
            case RdataField.Strings:
                do
                {
                    WriteString(data, reader.ReadQuoted(byte.MaxValue));
                }
                while (!reader.AtEnd);
                break;
            case RdataField.QuotedRest:
                data.WriteBytes(reader.ReadQuoted(ushort.MaxValue));
                break;
            default:
                data.WriteBytes(ParseHex(reader));
                break;
        }
    }

    private static void FormatField(ref WireReader reader, StringBuilder text, RdataField field, int end, RdataDialect dialect)
    {
        switch (field)
        {
            case RdataField.IPv4:
                text.Append(new IPAddress(reader.ReadBytes(4)));
                break;
            case RdataField.IPv6:
                text.Append(new IPAddress(reader.ReadBytes(16)));
                break;
            case RdataField.CompressibleName or RdataField.Name:
                text.Append(dialect.WriteName(reader.ReadName()));
                break;
            case RdataField.Byte:
                text.Append(CultureInfo.InvariantCulture, $"{reader.ReadByte()}");
                break;
            case RdataField.Word:
                text.Append(CultureInfo.InvariantCulture, $"{reader.ReadUInt16()}");
                break;
            case RdataField.Long:
                text.Append(CultureInfo.InvariantCulture, $"{reader.ReadUInt32()}");
                break;
            case RdataField.Tag:
                text.Append(Encoding.ASCII.GetString(reader.ReadBytes(reader.ReadByte())));
                break;
            case RdataField.String:
                RdataTextReader.AppendQuoted(text, reader.ReadBytes(reader.ReadByte()), dialect.EscapeBase);
                break;
            case RdataField.Strings:
                RdataTextReader.AppendQuoted(text, reader.ReadBytes(reader.ReadByte()), dialect.EscapeBase);
                while (!reader.AtEnd)
                {
                    RdataTextReader.AppendQuoted(text.Append(' '), reader.ReadBytes(reader.ReadByte()), dialect.EscapeBase);
                }

                break;
            case RdataField.QuotedRest:
                RdataTextReader.AppendQuoted(text, reader.ReadBytes(end - reader.Position), dialect.EscapeBase);
                break;
            default:
                text.Append(Convert.ToHexString(reader.ReadBytes(end - reader.Position)));
                break;
        }
    }

    private static void ParseGeneric(RdataTextReader reader, WireWriter data, DnsRecordType type, string text)
    {
        if (ServiceBinding.IsType(type) && !text.AsSpan().TrimStart(" \t").StartsWith(Generic, StringComparison.Ordinal))
        {
            data.WriteBytes(ServiceBinding.Parse(text));
            reader.SkipToEnd();
            return;
        }

        if (reader.ReadWord() != Generic)
        {
            throw new DnsFormatException($"A value of type {type.ToText()} is only read in the form '\\# length hex' of RFC 3597.");
        }

        var length = ParseNumber(reader.ReadWord(), ushort.MaxValue);
        var bytes = length == 0 ? [] : ParseHex(reader);
        if (bytes.Length != length)
        {
            throw new DnsFormatException($"The value states {length} bytes and has {bytes.Length}.");
        }

        data.WriteBytes(bytes);
    }

    internal static byte[] ParseAddress(string word, AddressFamily family)
    {
        // IPAddress.TryParse also takes "1", "0x7f.1" and zone indices, which no zone file knows.
        var plain = family == AddressFamily.InterNetwork
            ? word.Split('.') is { Length: 4 } parts && parts.All(static part => part.Length is 1 or 2 or 3 && part.All(char.IsAsciiDigit) && (part.Length == 1 || part[0] != '0'))
            : word.All(static character => char.IsAsciiHexDigit(character) || character is ':' or '.');
        return plain && IPAddress.TryParse(word, out var address) && address.AddressFamily == family
            ? address.GetAddressBytes()
            : throw new DnsFormatException($"'{word}' is no {(family == AddressFamily.InterNetwork ? "IPv4" : "IPv6")} address.");
    }

    private static uint ParseNumber(string word, uint maximum) =>
        uint.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= maximum
            ? number
            : throw new DnsFormatException($"'{word}' is no number from 0 to {maximum}.");

    private static byte[] ParseTag(string word) =>
        word.Length <= byte.MaxValue && word.All(char.IsAsciiLetterOrDigit)
            ? Encoding.ASCII.GetBytes(word)
            : throw new DnsFormatException($"'{word}' is no CAA tag: letters and digits are expected.");

    private static byte[] ParseHex(RdataTextReader reader)
    {
        var digits = new StringBuilder();
        while (!reader.AtEnd)
        {
            digits.Append(reader.ReadWord());
        }

        try
        {
            return Convert.FromHexString(digits.ToString());
        }
        catch (FormatException exception)
        {
            throw new DnsFormatException($"'{digits}' is not hexadecimal.", exception);
        }
    }

    private static void WriteString(WireWriter data, byte[] bytes)
    {
        data.WriteByte((byte)bytes.Length);
        data.WriteBytes(bytes);
    }
}
