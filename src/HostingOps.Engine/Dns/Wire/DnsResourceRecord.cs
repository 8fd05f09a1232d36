namespace HostingOps.Engine.Dns.Wire;

/// <summary>One record (RFC 1035 §4.1.3).</summary>
/// <param name="Name">Its owner.</param>
/// <param name="Ttl">Seconds it may be cached: 0 to 2,147,483,647 (RFC 2181 §8).</param>
/// <param name="Data">Type and content.</param>
/// <param name="Class">The class, in practice always IN.</param>
public sealed record DnsResourceRecord(DnsName Name, uint Ttl, DnsRecordData Data, DnsClass Class = DnsClass.IN)
{
    /// <summary>The record's type.</summary>
    public DnsRecordType Type => Data.Type;

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Name} {Ttl} {Type.ToText()} {Data}");
}
