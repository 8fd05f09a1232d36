using System.Globalization;
using System.Text;

namespace HostingOps.Engine.Dns.Wire;

/// <summary>The data of SVCB and HTTPS records between bytes and text (RFC 9460 §2): a priority, a target, and parameters by key.</summary>
internal static class ServiceBinding
{
    public static bool IsType(DnsRecordType type) => type is DnsRecordType.SVCB or DnsRecordType.HTTPS;

    /// <summary>Reads a Route 53 value: <c>1 svc.example.net alpn="h2,h3" port=8443</c>.</summary>
    /// <exception cref="DnsFormatException">It is none.</exception>
    public static byte[] Parse(string text)
    {
        var words = Split(text);
        return words.Count >= 2
            ? Build(words[0], Route53Name.Parse(words[1]), words.Skip(2), DnsNameText.Octal)
            : throw new DnsFormatException($"'{text}' lacks a priority and a target.");
    }

    /// <summary>Puts the data together from its words; values may stand in quotation marks.</summary>
    /// <exception cref="DnsFormatException">A word does not fit, or the parameters contradict each other.</exception>
    public static byte[] Build(string priority, DnsName target, IEnumerable<string> parameters, int escapeBase)
    {
        var data = new WireWriter();
        data.WriteUInt16(ushort.TryParse(priority, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new DnsFormatException($"'{priority}' is no priority from 0 to 65535."));
        data.WriteBytes(target.Wire);
        var values = new SortedDictionary<int, byte[]>();
        foreach (var parameter in parameters)
        {
            var (key, value) = ServiceParameter.Parse(parameter, escapeBase);
            if (!values.TryAdd(key, value))
            {
                throw new DnsFormatException($"The parameter {ServiceParameter.NameOf(key)} is there twice.");
            }
        }

        ServiceParameter.DemandSound(values);
        foreach (var (key, value) in values)
        {
            data.WriteUInt16((ushort)key);
            data.WriteUInt16((ushort)value.Length);
            data.WriteBytes(value);
        }

        return data.ToArray();
    }

    /// <summary>The text of the data.</summary>
    /// <exception cref="DnsFormatException">The bytes are no such data.</exception>
    public static string Format(ReadOnlySpan<byte> bytes, RdataDialect dialect)
    {
        var reader = new WireReader(bytes);
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{reader.ReadUInt16()} ").Append(dialect.WriteName(reader.ReadName()));
        var last = -1;
        while (!reader.AtEnd)
        {
            var key = reader.ReadUInt16();
            if (key <= last)
            {
                throw new DnsFormatException("The parameters of a service binding are in the order of their keys, each once.");
            }

            last = key;
            ServiceParameter.Append(text.Append(' '), key, reader.ReadBytes(reader.ReadUInt16()), dialect.EscapeBase);
        }

        return text.ToString();
    }

    // Blanks part words, but not within quotation marks.
    private static List<string> Split(string text)
    {
        var words = new List<string>();
        var start = -1;
        var quoted = false;
        for (var at = 0; at < text.Length; at++)
        {
            var character = text[at];
            if (character is ' ' or '\t' && !quoted)
            {
                if (start >= 0)
                {
                    words.Add(text[start..at]);
                    start = -1;
                }

                continue;
            }

            start = start < 0 ? at : start;
            quoted ^= character == '"';
            at += character == '\\' ? 1 : 0;
        }

        if (start >= 0)
        {
            words.Add(text[start..]);
        }

        return words;
    }
}
