using System.Text;
using HostingOps.Engine.Dns.Wire;

namespace HostingOps.Engine.Dns.ZoneFiles.Bind;

/// <summary>Names as zone files have them (RFC 1035 §5.1): <c>@</c>, relative without a final dot, escapes in decimal.</summary>
internal static class BindName
{
    /// <summary>Record data as zone files have it, with names absolute.</summary>
    public static RdataDialect Dialect { get; } = new(DnsNameText.Decimal, static name => name.IsRoot ? "." : Write(name, DnsName.Root) + ".");

    /// <summary>The name relative to an origin that it lies under; <c>@</c> for the origin itself.</summary>
    public static string Write(DnsName name, DnsName origin)
    {
        var text = new StringBuilder();
        var end = name.Wire.Length - origin.Wire.Length;
        for (var at = 0; at < end;)
        {
            text.Append(at > 0 ? "." : "");
            var next = at + name.Wire[at] + 1;
            for (at++; at < next; at++)
            {
                Append(text, name.Wire[at]);
            }
        }

        return text.Length == 0 ? "@" : text.ToString();
    }

    /// <summary>Reads a name.</summary>
    /// <exception cref="DnsFormatException">It is none, or becomes too long under the origin.</exception>
    public static DnsName Parse(string text, DnsName origin)
    {
        if (text == "@")
        {
            return origin;
        }

        var name = DnsName.Parse(text);
        if (name.IsRoot || EndsInDot(text))
        {
            return name;
        }

        byte[] wire = [.. name.Wire[..^1], .. origin.Wire];
        return wire.Length <= DnsName.MaximumLength ? new DnsName(wire) : throw new DnsFormatException($"'{text}' is longer than 255 bytes under {origin}.");
    }

    private static bool EndsInDot(string text)
    {
        var backslashes = 0;
        for (var at = text.Length - 2; at >= 0 && text[at] == '\\'; at--)
        {
            backslashes++;
        }

        return text.EndsWith('.') && backslashes % 2 == 0;
    }

    // BIND gives these a meaning of their own: in a name they are escaped wherever they stand.
    private static void Append(StringBuilder text, byte value)
    {
        if (value is <= (byte)' ' or > (byte)'~')
        {
            DnsNameText.AppendEscape(text, value, DnsNameText.Decimal);
        }
        else
        {
            text.Append((char)value is '.' or '\\' or '"' or ';' or '(' or ')' or '@' or '$' ? "\\" : "").Append((char)value);
        }
    }
}
