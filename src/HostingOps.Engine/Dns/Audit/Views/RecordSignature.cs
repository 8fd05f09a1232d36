using System.Buffers.Binary;
using HostingOps.Engine.Dns.Wire;

namespace HostingOps.Engine.Dns.Audit.Views;

/// <summary>The dates of an RRSIG record (RFC 4034 §3.1).</summary>
/// <param name="Name">The name that it signs.</param>
/// <param name="Covered">The type that it signs.</param>
/// <param name="KeyTag">The key's tag.</param>
/// <param name="Inception">Valid from (UTC).</param>
/// <param name="Expiration">Valid to (UTC).</param>
internal sealed record RecordSignature(DnsName Name, DnsRecordType Covered, ushort KeyTag, DateTimeOffset Inception, DateTimeOffset Expiration)
{
    private const int FixedLength = 18;

    /// <summary>Reads one; null for any other record, or one that is cut short.</summary>
    public static RecordSignature? Read(DnsResourceRecord record)
    {
        var bytes = record.Data.Bytes.Span;
        if (record.Type != DnsRecordType.RRSIG || bytes.Length <= FixedLength)
        {
            return null;
        }

        return new RecordSignature(
            record.Name,
            (DnsRecordType)BinaryPrimitives.ReadUInt16BigEndian(bytes),
            BinaryPrimitives.ReadUInt16BigEndian(bytes[16..]),
            Time(bytes[12..]),
            Time(bytes[8..]));
    }

    private static DateTimeOffset Time(ReadOnlySpan<byte> bytes) => DateTimeOffset.FromUnixTimeSeconds(BinaryPrimitives.ReadUInt32BigEndian(bytes));
}
