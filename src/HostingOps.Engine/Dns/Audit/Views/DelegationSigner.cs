using System.Buffers.Binary;
using System.Security.Cryptography;
using HostingOps.Engine.Dns.Wire;

namespace HostingOps.Engine.Dns.Audit.Views;

/// <summary>A DS record: which key the zone above vouches for (RFC 4034 §5).</summary>
/// <param name="KeyTag">The key's tag.</param>
/// <param name="Algorithm">The key's algorithm.</param>
/// <param name="DigestType">How the digest is made.</param>
/// <param name="Digest">The digest.</param>
internal sealed record DelegationSigner(ushort KeyTag, byte Algorithm, byte DigestType, ReadOnlyMemory<byte> Digest)
{
    private const int FixedLength = 4;

    /// <summary>Whether the digest can be compared: SHA-1, SHA-256 and SHA-384 can.</summary>
    public bool IsKnown => DigestType is 1 or 2 or 4;

    /// <summary>Reads one; null for any other record, or one that is cut short.</summary>
    public static DelegationSigner? Read(DnsResourceRecord record)
    {
        var bytes = record.Data.Bytes;
        return record.Type != DnsRecordType.DS || bytes.Length <= FixedLength
            ? null
            : new DelegationSigner(BinaryPrimitives.ReadUInt16BigEndian(bytes.Span), bytes.Span[2], bytes.Span[3], bytes[FixedLength..]);
    }

    /// <summary>Whether this vouches for a key: tag, algorithm and digest (RFC 4034 §5.1.4).</summary>
    /// <param name="zone">The key's owner.</param>
    /// <param name="key">The data of its DNSKEY record.</param>
    public bool Fits(DnsName zone, ReadOnlySpan<byte> key)
    {
        if (key.Length <= FixedLength || key[3] != Algorithm || TagOf(key) != KeyTag)
        {
            return false;
        }

        byte[] signed = [.. zone.ToLower().Wire, .. key];
#pragma warning disable CA5350 // SHA-1 is what digest type 1 is made of (RFC 4034 §5.1.3); nothing is trusted by it here.
        var digest = DigestType switch
        {
            1 => SHA1.HashData(signed),
            2 => SHA256.HashData(signed),
            4 => SHA384.HashData(signed),
            _ => [],
        };
#pragma warning restore CA5350
        return digest.AsSpan().SequenceEqual(Digest.Span);
    }

    /// <summary>The tag of a key (RFC 4034, appendix B).</summary>
    public static ushort TagOf(ReadOnlySpan<byte> key)
    {
        uint sum = 0;
        for (var at = 0; at < key.Length; at++)
        {
            sum += (at & 1) == 0 ? (uint)key[at] << 8 : key[at];
        }

        return (ushort)(sum + (sum >> 16));
    }
}
