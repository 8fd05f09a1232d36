using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace HostingOps.Engine.Dns.Wire;

/// <summary>One parameter of a SVCB or HTTPS record (RFC 9460 §2.1, §7, and RFC 9461 for <c>dohpath</c>).</summary>
internal static class ServiceParameter
{
    private const int Mandatory = 0;
    private const int Alpn = 1;
    private const int NoDefaultAlpn = 2;
    private const int Port = 3;
    private const int IPv4Hint = 4;
    private const int Ech = 5;
    private const int IPv6Hint = 6;
    private const int DohPath = 7;

    private static readonly string[] Names = ["mandatory", "alpn", "no-default-alpn", "port", "ipv4hint", "ech", "ipv6hint", "dohpath"];

    /// <summary>The name, or <c>keyN</c>.</summary>
    public static string NameOf(int key) => key < Names.Length ? Names[key] : string.Create(CultureInfo.InvariantCulture, $"key{key}");

    /// <summary>Reads <c>key=value</c>, <c>key="value"</c> or <c>key</c>.</summary>
    public static (int Key, byte[] Value) Parse(string word, int escapeBase)
    {
        var equals = word.IndexOf('=', StringComparison.Ordinal);
        var key = KeyOf(equals < 0 ? word : word[..equals]);
        var text = equals < 0 ? [] : Decode(word, word[(equals + 1)..], escapeBase);
        return (key, key switch
        {
            Mandatory => Keys(Latin(text)),
            Alpn => Protocols(text),
            NoDefaultAlpn when equals >= 0 => throw new DnsFormatException("no-default-alpn has no value."),
            Port => Word(Latin(text)),
            IPv4Hint => Addresses(Latin(text), AddressFamily.InterNetwork),
            IPv6Hint => Addresses(Latin(text), AddressFamily.InterNetworkV6),
            Ech => FromBase64(Latin(text)),
            _ => text,
        });
    }

    /// <summary>Refuses parameters that RFC 9460 calls malformed together.</summary>
    public static void DemandSound(IReadOnlyDictionary<int, byte[]> values)
    {
        if (values.ContainsKey(NoDefaultAlpn) && !values.ContainsKey(Alpn))
        {
            throw new DnsFormatException("no-default-alpn needs alpn beside it.");
        }

        if (values.TryGetValue(DohPath, out var path) && !(path is [(byte)'/', ..] && Latin(path).Contains("{?dns}", StringComparison.Ordinal)))
        {
            throw new DnsFormatException("dohpath is a template that begins with '/' and has {?dns}.");
        }

        if (values.TryGetValue(Mandatory, out var mandatory))
        {
            for (var at = 0; at < mandatory.Length; at += sizeof(ushort))
            {
                var key = BinaryPrimitives.ReadUInt16BigEndian(mandatory.AsSpan(at));
                if (key == Mandatory || !values.ContainsKey(key))
                {
                    throw new DnsFormatException($"mandatory names {NameOf(key)}, which is not there.");
                }
            }
        }
    }

    /// <summary>Writes the parameter as <see cref="Parse"/> reads it.</summary>
    public static void Append(StringBuilder text, int key, ReadOnlySpan<byte> value, int escapeBase)
    {
        text.Append(NameOf(key));
        if (value.Length == 0)
        {
            return;
        }

        text.Append('=');
        switch (key)
        {
            case Mandatory when value.Length % sizeof(ushort) == 0:
                for (var at = 0; at < value.Length; at += sizeof(ushort))
                {
                    text.Append(at > 0 ? "," : "").Append(NameOf(BinaryPrimitives.ReadUInt16BigEndian(value[at..])));
                }

                break;
            case Port when value.Length == sizeof(ushort):
                text.Append(CultureInfo.InvariantCulture, $"{BinaryPrimitives.ReadUInt16BigEndian(value)}");
                break;
            case IPv4Hint when value.Length % 4 == 0:
                AppendAddresses(text, value, 4);
                break;
            case IPv6Hint when value.Length % 16 == 0:
                AppendAddresses(text, value, 16);
                break;
            case Ech:
                text.Append(Convert.ToBase64String(value));
                break;
            case Alpn:
                RdataTextReader.AppendQuoted(text, ProtocolList(value), escapeBase);
                break;
            case Mandatory or Port or IPv4Hint or IPv6Hint:
                throw new DnsFormatException($"The parameter {NameOf(key)} is not of the length of its kind.");
            default:
                RdataTextReader.AppendQuoted(text, value, escapeBase);
                break;
        }
    }

    private static int KeyOf(string name)
    {
        var known = Array.IndexOf(Names, name);
        return known >= 0 ? known
            : name.StartsWith("key", StringComparison.Ordinal) && ushort.TryParse(name.AsSpan(3), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
            : throw new DnsFormatException($"'{name}' is no parameter of a service binding.");
    }

    private static byte[] Decode(string word, string text, int escapeBase)
    {
        var quoted = text.StartsWith('"');
        var end = text.Length - (quoted ? 1 : 0);
        var bytes = new List<byte>();
        var at = quoted ? 1 : 0;
        while (at < end)
        {
            var character = text[at++];
            if (character == '\\')
            {
                bytes.Add(DnsNameText.TryReadEscape(text, ref at, escapeBase, out var value, out var problem) ? value : throw new DnsFormatException($"'{word}': {problem}"));
            }
            else if (character is < ' ' or > '~' or '"')
            {
                throw new DnsFormatException($"'{word}' has a character that must be escaped.");
            }
            else
            {
                bytes.Add((byte)character);
            }
        }

        return at == end && (!quoted || (text.Length > 1 && text[end] == '"'))
            ? [.. bytes]
            : throw new DnsFormatException($"'{word}' has a string without its closing quotation mark.");
    }

    // The commas of the list are escaped within a protocol's name, and then the whole as any string (RFC 9460 appendix A.1).
    private static byte[] Protocols(byte[] text)
    {
        var data = new List<byte>();
        var name = new List<byte>();
        for (var at = 0; at <= text.Length; at++)
        {
            if (at == text.Length || text[at] == ',')
            {
                if (name.Count is 0 or > byte.MaxValue)
                {
                    throw new DnsFormatException("alpn is a list of protocols of 1 to 255 bytes.");
                }

                data.Add((byte)name.Count);
                data.AddRange(name);
                name.Clear();
            }
            else
            {
                at += text[at] == '\\' && at + 1 < text.Length ? 1 : 0;
                name.Add(text[at]);
            }
        }

        return [.. data];
    }

    private static byte[] ProtocolList(ReadOnlySpan<byte> value)
    {
        var reader = new WireReader(value);
        var list = new List<byte>();
        while (!reader.AtEnd)
        {
            if (list.Count > 0)
            {
                list.Add((byte)',');
            }

            foreach (var letter in reader.ReadBytes(reader.ReadByte()))
            {
                if (letter is (byte)',' or (byte)'\\')
                {
                    list.Add((byte)'\\');
                }

                list.Add(letter);
            }
        }

        return [.. list];
    }

    private static byte[] Keys(string text)
    {
        var keys = text.Split(',').Select(KeyOf).Order().ToArray();
        return keys.Distinct().Count() == keys.Length
            ? [.. keys.SelectMany(static key => new[] { (byte)(key >> 8), (byte)key })]
            : throw new DnsFormatException("mandatory names a key twice.");
    }

    private static byte[] Word(string text) =>
        ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            ? [(byte)(port >> 8), (byte)port]
            : throw new DnsFormatException($"'{text}' is no port.");

    private static byte[] Addresses(string text, AddressFamily family) =>
        [.. text.Split(',').SelectMany(item => RdataText.ParseAddress(item, family))];

    private static byte[] FromBase64(string text)
    {
        try
        {
            return text.Length > 0 ? Convert.FromBase64String(text) : throw new DnsFormatException("ech is empty.");
        }
        catch (FormatException broken) when (broken is not DnsFormatException)
        {
            throw new DnsFormatException($"'{text}' is not Base64.", broken);
        }
    }

    private static void AppendAddresses(StringBuilder text, ReadOnlySpan<byte> value, int length)
    {
        for (var at = 0; at < value.Length; at += length)
        {
            text.Append(at > 0 ? "," : "").Append(new IPAddress(value.Slice(at, length)));
        }
    }

    private static string Latin(byte[] text) => Encoding.Latin1.GetString(text);
}
