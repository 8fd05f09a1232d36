using System.Net;
using HostingOps.Engine.Dns.Wire;

namespace HostingOps.Engine.Dns.Audit.Views;

/// <summary>What one server says of one name.</summary>
internal sealed record NameAnswer
{
    /// <summary>The server, in words.</summary>
    public required string From { get; init; }

    /// <summary>Why it says nothing, as a clause whose subject is the server, or null.</summary>
    public string? Problem { get; init; }

    /// <summary>Whether the name exists.</summary>
    public bool Exists { get; init; } = true;

    /// <summary>The name that it is an alias of, or null.</summary>
    public DnsName? Cname { get; init; }

    /// <summary>Its IPv4 addresses.</summary>
    public IReadOnlyList<IPAddress> V4 { get; init; } = [];

    /// <summary>Its IPv6 addresses.</summary>
    public IReadOnlyList<IPAddress> V6 { get; init; } = [];

    /// <summary>The highest TTL of all these in seconds.</summary>
    public uint Ttl { get; init; }

    /// <summary>The signatures that came along.</summary>
    public IReadOnlyList<RecordSignature> Signatures { get; init; } = [];

    /// <summary>Both kinds.</summary>
    public IEnumerable<IPAddress> Addresses => V4.Concat(V6);

    /// <summary>The same records, whatever their order and TTL.</summary>
    public bool SaysTheSameAs(NameAnswer other) =>
        Exists == other.Exists && Equals(Cname, other.Cname) && V4.ToHashSet().SetEquals(other.V4) && V6.ToHashSet().SetEquals(other.V6);

    /// <summary>Adds what an answer says of the name.</summary>
    public NameAnswer With(DnsMessage message, DnsName name)
    {
        var own = message.Answers.Where(record => record.Class == DnsClass.IN && record.Name.Equals(name)).ToList();
        var telling = own.Where(static record => record.Type is DnsRecordType.CNAME or DnsRecordType.A or DnsRecordType.AAAA).ToList();
        return this with
        {
            // A server says NXDOMAIN of a whole chain that ends nowhere (RFC 6604 §2.1).
            Exists = message.ResponseCode != DnsResponseCode.NameError || own.Count > 0,
            Cname = own.Select(static record => record.Type == DnsRecordType.CNAME ? record.Data.Target : null).FirstOrDefault(static target => target is not null) ?? Cname,
            V4 = [.. V4, .. Of(own, DnsRecordType.A)],
            V6 = [.. V6, .. Of(own, DnsRecordType.AAAA)],
            Ttl = telling.Aggregate(Ttl, static (highest, record) => Math.Max(highest, record.Ttl)),
            Signatures = [.. Signatures, .. own.Select(RecordSignature.Read).OfType<RecordSignature>()],
        };
    }

    /// <summary>The records in a few words: <c>a CNAME to host.example</c>, <c>192.0.2.1, 2001:db8::1</c>, <c>no address</c>.</summary>
    public override string ToString() =>
        Cname is not null ? $"a CNAME to {Cname.ToLower()}"
        : V4.Count + V6.Count > 0 ? AddressSet.Text(Addresses)
        : Exists ? "no address" : "no such name";

    private static IEnumerable<IPAddress> Of(IEnumerable<DnsResourceRecord> records, DnsRecordType type) =>
        records.Where(record => record.Type == type).Select(static record => record.Data.Address!);
}
