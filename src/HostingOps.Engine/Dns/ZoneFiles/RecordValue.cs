using HostingOps.Engine.Dns.Wire;

namespace HostingOps.Engine.Dns.ZoneFiles;

/// <summary>Values of record sets and the data they stand for: one data has many spellings, and Route 53 keeps the one it was given.</summary>
internal static class RecordValue
{
    /// <summary>The data, or null for a value that can't be read.</summary>
    public static DnsRecordData? DataOf(string type, string value) =>
        DnsRecordTypeText.TryParse(type, out var known) && DnsRecordData.TryParse(known, value, out var data) ? data : null;

    /// <summary>The value as Route 53's documentation spells it.</summary>
    /// <exception cref="DnsFormatException">Data of a type that is kept raw, and is none of it.</exception>
    public static string TextOf(DnsRecordData data) =>
        ServiceBinding.IsType(data.Type) ? ServiceBinding.Format(data.Bytes.Span, RdataDialect.Route53) : data.ToString();

    /// <summary>The same text for every spelling of the same data; the value itself when it can't be read.</summary>
    public static string Canonical(string type, string value) => DataOf(type, value) is { } data
        ? Convert.ToHexString(RdataWire.Canonical(data.Type, data.Bytes.ToArray()))
        : value;
}
