using System.Globalization;
using System.Net.Sockets;
using System.Text;
using HostingOps.Engine.Dns.Wire;

namespace HostingOps.Engine.Dns.ZoneFiles.Bind;

/// <summary>Record data from the words of a zone file.</summary>
internal sealed class BindRdataReader(IReadOnlyList<BindToken> tokens, int first, DnsName origin)
{
    private const string Generic = "\\#";
    private int next = first;

    /// <summary>The word at which reading stands or failed: for the place of a message.</summary>
    public BindToken At => tokens[Math.Clamp(next, 0, tokens.Count - 1)];

    /// <exception cref="DnsFormatException">The words do not fit the type.</exception>
    public DnsRecordData Read(DnsRecordType type)
    {
        if (next < tokens.Count && tokens[next] is { Quoted: false, Text: Generic })
        {
            next++;
            return ReadGeneric(type);
        }

        if (ServiceBinding.IsType(type))
        {
            var priority = Word();
            var target = BindName.Parse(Word(), origin);
            var parameters = tokens.Skip(next).Select(static token => token.Quoted ? '"' + token.Text + '"' : token.Text);
            return DnsRecordData.FromBytes(type, ServiceBinding.Build(priority, target, parameters, DnsNameText.Decimal));
        }

        var data = new WireWriter();
        foreach (var field in RdataLayout.Of(type)!)
        {
            ReadField(data, field);
        }

        if (next < tokens.Count)
        {
            throw new DnsFormatException($"Nothing was expected behind the data of a {type.ToText()} record.");
        }

        next--;
        return DnsRecordData.FromBytes(type, data.ToArray());
    }

    private void ReadField(WireWriter data, RdataField field)
    {
        switch (field)
        {
            case RdataField.IPv4:
                data.WriteBytes(RdataText.ParseAddress(Word(), AddressFamily.InterNetwork));
                break;
            case RdataField.IPv6:
                data.WriteBytes(RdataText.ParseAddress(Word(), AddressFamily.InterNetworkV6));
                break;
            case RdataField.CompressibleName or RdataField.Name:
                data.WriteBytes(BindName.Parse(Word(), origin).Wire);
                break;
            case RdataField.Byte:
                data.WriteByte((byte)Number(byte.MaxValue));
                break;
            case RdataField.Word:
                data.WriteUInt16((ushort)Number(ushort.MaxValue));
                break;
            case RdataField.Long:
                data.WriteUInt32(BindTtl.TryParse(Word(), uint.MaxValue, out var seconds) ? (uint)seconds : throw Wrong("a number of seconds"));
                break;
            case RdataField.Tag:
                WriteString(data, Encoding.ASCII.GetBytes(Word() is { Length: > 0 and <= byte.MaxValue } tag && tag.All(char.IsAsciiLetterOrDigit) ? tag : throw Wrong("a tag of letters and digits")));
                break;
            case RdataField.String:
                WriteString(data, Bytes(byte.MaxValue));
                break;
            case RdataField.Strings:
                do
                {
                    WriteString(data, Bytes(byte.MaxValue));
                }
                while (next < tokens.Count);
                break;
            case RdataField.QuotedRest:
                data.WriteBytes(Bytes(ushort.MaxValue));
                break;
            default:
                data.WriteBytes(Hexadecimal());
                break;
        }
    }

    private DnsRecordData ReadGeneric(DnsRecordType type)
    {
        var length = Number(ushort.MaxValue);
        var bytes = length == 0 && next == tokens.Count ? [] : Hexadecimal();
        return bytes.Length == length
            ? DnsRecordData.FromBytes(type, bytes)
            : throw new DnsFormatException($"The data states {length} bytes and has {bytes.Length}.");
    }

    private string Word()
    {
        if (next >= tokens.Count)
        {
            throw new DnsFormatException("The record ends too early: more data was expected.");
        }

        var token = tokens[next++];
        return token.Quoted ? throw Wrong("a word without quotation marks") : token.Text;
    }

    private uint Number(uint most) =>
        uint.TryParse(Word(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= most
            ? number
            : throw Wrong(string.Create(CultureInfo.InvariantCulture, $"a number from 0 to {most}"));

    /// <summary>The bytes of a string, in quotation marks or bare; characters beyond ASCII stand for their UTF-8 bytes.</summary>
    private byte[] Bytes(int longest)
    {
        if (next >= tokens.Count)
        {
            throw new DnsFormatException("The record ends too early: a string was expected.");
        }

        var text = tokens[next++].Text;
        var bytes = new List<byte>(text.Length);
        for (var at = 0; at < text.Length;)
        {
            if (text[at] == '\\')
            {
                at++;
                bytes.Add(text[at..] is [' ', ..] or ['\t', ..]
                    ? (byte)text[at++]
                    : DnsNameText.TryReadEscape(text, ref at, DnsNameText.Decimal, out var value, out var problem) ? value : throw Failed(problem!));
                continue;
            }

            var length = char.IsHighSurrogate(text[at]) && at + 1 < text.Length ? 2 : 1;
            bytes.AddRange(Encoding.UTF8.GetBytes(text, at, length));
            at += length;
        }

        return bytes.Count <= longest
            ? [.. bytes]
            : throw Failed(FormattableString.Invariant($"a string has {bytes.Count} bytes, and {longest} are allowed: split it into several."));
    }

    private byte[] Hexadecimal()
    {
        var start = next;
        var digits = new StringBuilder();
        do
        {
            digits.Append(Word());
        }
        while (next < tokens.Count);

        if (digits.Length % 2 != 0 || !digits.ToString().All(char.IsAsciiHexDigit))
        {
            next = start + 1;
            throw Wrong("an even count of hexadecimal digits");
        }

        return Convert.FromHexString(digits.ToString());
    }

    private static void WriteString(WireWriter data, byte[] bytes)
    {
        data.WriteByte((byte)bytes.Length);
        data.WriteBytes(bytes);
    }

    private DnsFormatException Wrong(string expected) => Failed($"{expected} was expected.");

    private DnsFormatException Failed(string what)
    {
        next--;
        var text = tokens[next].Text;
        return new DnsFormatException($"'{(text.Length > 60 ? text[..60] + "…" : text)}': {what}");
    }
}
