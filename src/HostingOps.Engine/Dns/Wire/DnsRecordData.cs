using System.Net;
using System.Net.Sockets;

namespace HostingOps.Engine.Dns.Wire;

/// <summary>
/// A record's type and data (RFC 1035 §3.3), kept as uncompressed wire bytes that are valid for the type. Types that are
/// not known stay raw bytes (RFC 3597). Equality ignores the case of names within, and nothing else.
/// </summary>
public sealed class DnsRecordData : IEquatable<DnsRecordData>
{
    private readonly byte[] bytes;
    private readonly byte[] canonical;

    // Only for bytes that are known to be valid for the type.
    internal DnsRecordData(DnsRecordType type, byte[] validBytes)
    {
        Type = type;
        bytes = validBytes;
        canonical = RdataWire.Canonical(type, validBytes);
    }

    /// <summary>The record type.</summary>
    public DnsRecordType Type { get; }

    /// <summary>The data, names uncompressed.</summary>
    public ReadOnlyMemory<byte> Bytes => bytes;

    /// <summary>The address of an A or AAAA record, else null.</summary>
    public IPAddress? Address => Type is DnsRecordType.A or DnsRecordType.AAAA ? new IPAddress(bytes) : null;

    /// <summary>The name that a CNAME, NS or PTR record points to, else null.</summary>
    public DnsName? Target => Type is DnsRecordType.CNAME or DnsRecordType.NS or DnsRecordType.PTR ? new DnsName(bytes) : null;

    /// <summary>
    /// Reads a Route 53 value ("Supported DNS record types" of its developer guide): strings in quotation marks, names
    /// absolute with or without trailing dot, escapes in octal. Types without a form of their own are read as
    /// <c>\# length hex</c> (RFC 3597 §5); SVCB and HTTPS in either form.
    /// </summary>
    /// <exception cref="DnsFormatException">The value does not fit the type.</exception>
    public static DnsRecordData Parse(DnsRecordType type, string value) => new(type, RdataText.Parse(type, value));

    /// <summary>As <see cref="Parse"/>, with false instead of the error.</summary>
    public static bool TryParse(DnsRecordType type, string value, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out DnsRecordData? data)
    {
        try
        {
            data = Parse(type, value);
            return true;
        }
        catch (DnsFormatException)
        {
            // False says it; who wants the reason calls Parse.
            data = null;
            return false;
        }
    }

    /// <summary>Takes uncompressed wire bytes.</summary>
    /// <exception cref="DnsFormatException">They are not valid for the type.</exception>
    public static DnsRecordData FromBytes(DnsRecordType type, ReadOnlySpan<byte> bytes)
    {
        var reader = new WireReader(bytes);
        return new DnsRecordData(type, RdataWire.Read(ref reader, type, bytes.Length));
    }

    /// <summary>The data of an A or AAAA record.</summary>
    public static DnsRecordData FromAddress(IPAddress address) =>
        new(address.AddressFamily == AddressFamily.InterNetwork ? DnsRecordType.A : DnsRecordType.AAAA, address.GetAddressBytes());

    /// <summary>The Route 53 value: names with trailing dot, addresses in their shortest form.</summary>
    public override string ToString() => RdataText.Format(Type, bytes);

    /// <inheritdoc/>
    public bool Equals(DnsRecordData? other) =>
        other is not null && Type == other.Type && canonical.AsSpan().SequenceEqual(other.canonical);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as DnsRecordData);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.Add(Type);
        hash.AddBytes(canonical);
        return hash.ToHashCode();
    }
}
