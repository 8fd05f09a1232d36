using HostingOps.Engine.Dns.Wire;

namespace HostingOps.Engine.Dns;

/// <summary>A record set as data, by which wanted and served are compared.</summary>
/// <param name="Type">The type.</param>
/// <param name="Ttl">TTL in seconds, or null when any will do.</param>
/// <param name="Data">The records, without order.</param>
internal sealed record ObservedRecordSet(DnsRecordType Type, long? Ttl, HashSet<DnsRecordData> Data)
{
    /// <summary>Whether a server's set is this one. An authoritative TTL does not count down, so a change of it alone is seen too.</summary>
    public bool IsServedAs(ObservedRecordSet served) =>
        Type == served.Type && (Ttl is null || Ttl == served.Ttl) && Data.SetEquals(served.Data);

    /// <inheritdoc/>
    public override string ToString()
    {
        var values = string.Join(", ", Data.Select(static data => data.ToString()).Order(StringComparer.Ordinal));
        return FormattableString.Invariant($"{Type.ToText()} {values}{(Ttl is null ? "" : $" (TTL {Ttl})")}");
    }
}
