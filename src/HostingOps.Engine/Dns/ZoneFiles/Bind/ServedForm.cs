using HostingOps.Engine.Dns.Wire;

namespace HostingOps.Engine.Dns.ZoneFiles.Bind;

/// <summary>Whether a name server takes a record that Route 53 took. BIND is the strictest one known: what it refuses fails the whole zone.</summary>
internal static class ServedForm
{
    // Lengths of the digests that BIND checks: SHA-1, SHA-256, SHA-384 (RFC 4034 §5.1.3, RFC 4509, RFC 6605), and of SSHFP (RFC 4255, RFC 6594).
    private static readonly Dictionary<byte, int> DigestLengths = new() { [1] = 20, [2] = 32, [4] = 48 };
    private static readonly Dictionary<byte, int> FingerprintLengths = new() { [1] = 20, [2] = 32 };

    public static bool Takes(DnsName owner, DnsRecordData data)
    {
        var bytes = data.Bytes.Span;
        return data.Type switch
        {
            DnsRecordType.NS => owner.Wire is not [1, (byte)'*', ..],
            DnsRecordType.DS => HasLength(DigestLengths, bytes[3], bytes.Length - 4),
            DnsRecordType.SSHFP => HasLength(FingerprintLengths, bytes[1], bytes.Length - 2),
            DnsRecordType.TLSA => bytes.Length > 3,
            DnsRecordType.CAA => bytes[1] > 0,
            DnsRecordType.NAPTR => NaptrRule.IsSound(RegexpOf(bytes)),
            _ => true,
        };
    }

    private static bool HasLength(Dictionary<byte, int> lengths, byte kind, int length) =>
        lengths.TryGetValue(kind, out var expected) ? length == expected : length > 0;

    private static ReadOnlySpan<byte> RegexpOf(ReadOnlySpan<byte> bytes)
    {
        var reader = new WireReader(bytes[4..]);
        reader.ReadBytes(reader.ReadByte());
        reader.ReadBytes(reader.ReadByte());
        return reader.ReadBytes(reader.ReadByte());
    }
}
