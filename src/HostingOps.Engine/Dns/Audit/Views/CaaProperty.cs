using System.Text;
using HostingOps.Engine.Dns.Wire;

namespace HostingOps.Engine.Dns.Audit.Views;

/// <summary>One CAA record (RFC 8659 §4.1).</summary>
/// <param name="IsCritical">Whether an authority that does not know the tag must not issue.</param>
/// <param name="Tag">Its tag in lower case.</param>
/// <param name="Value">Its value.</param>
internal sealed record CaaProperty(bool IsCritical, string Tag, string Value)
{
    private const int CriticalBit = 0x80;

    /// <summary>Reads one; null for any other record.</summary>
    public static CaaProperty? Read(DnsResourceRecord record)
    {
        if (record.Type != DnsRecordType.CAA)
        {
            return null;
        }

        var bytes = record.Data.Bytes.Span;
        var tag = bytes.Slice(2, bytes[1]);
        return new CaaProperty(
            (bytes[0] & CriticalBit) != 0,
            Encoding.ASCII.GetString(tag).ToLowerInvariant(),
            string.Concat(Encoding.Latin1.GetString(bytes[(2 + tag.Length)..]).Select(static character => char.IsControl(character) ? '?' : character)));
    }

    /// <inheritdoc/>
    public override string ToString() => $"{(IsCritical ? 128 : 0)} {Tag} \"{Value}\"";
}
