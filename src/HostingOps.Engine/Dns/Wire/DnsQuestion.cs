namespace HostingOps.Engine.Dns.Wire;

/// <summary>What is asked (RFC 1035 §4.1.2). Equality ignores the case of the name.</summary>
/// <param name="Name">The name asked about.</param>
/// <param name="Type">The record type asked for.</param>
/// <param name="Class">The class, in practice always IN.</param>
public sealed record DnsQuestion(DnsName Name, DnsRecordType Type, DnsClass Class = DnsClass.IN)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Name} {Type.ToText()}";
}
