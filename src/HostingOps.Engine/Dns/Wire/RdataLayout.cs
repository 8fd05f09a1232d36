namespace HostingOps.Engine.Dns.Wire;

/// <summary>Which fields a record type's data has, in order.</summary>
internal static class RdataLayout
{
    private static readonly RdataField[] Address4 = [RdataField.IPv4];
    private static readonly RdataField[] Address6 = [RdataField.IPv6];
    private static readonly RdataField[] Target = [RdataField.CompressibleName];
    private static readonly RdataField[] Texts = [RdataField.Strings];

    private static readonly RdataField[] Authority =
    [
        RdataField.CompressibleName, RdataField.CompressibleName,
        RdataField.Long, RdataField.Long, RdataField.Long, RdataField.Long, RdataField.Long,
    ];

    private static readonly RdataField[] HostInformation = [RdataField.String, RdataField.String];
    private static readonly RdataField[] Exchange = [RdataField.Word, RdataField.CompressibleName];
    private static readonly RdataField[] Service = [RdataField.Word, RdataField.Word, RdataField.Word, RdataField.Name];
    private static readonly RdataField[] Authorization = [RdataField.Byte, RdataField.Tag, RdataField.QuotedRest];
    private static readonly RdataField[] Signer = [RdataField.Word, RdataField.Byte, RdataField.Byte, RdataField.HexRest];
    private static readonly RdataField[] Fingerprint = [RdataField.Byte, RdataField.Byte, RdataField.HexRest];
    private static readonly RdataField[] Association = [RdataField.Byte, RdataField.Byte, RdataField.Byte, RdataField.HexRest];

    private static readonly RdataField[] Naming =
    [
        RdataField.Word, RdataField.Word, RdataField.String, RdataField.String, RdataField.String, RdataField.Name,
    ];

    /// <summary>The fields, or null for a type whose data is kept as raw bytes (RFC 3597).</summary>
    public static RdataField[]? Of(DnsRecordType type) => type switch
    {
        DnsRecordType.A => Address4,
        DnsRecordType.AAAA => Address6,
        DnsRecordType.CNAME or DnsRecordType.NS or DnsRecordType.PTR => Target,
        DnsRecordType.SOA => Authority,
        DnsRecordType.HINFO => HostInformation,
        DnsRecordType.MX => Exchange,
        DnsRecordType.TXT or DnsRecordType.SPF => Texts,
        DnsRecordType.SRV => Service,
        DnsRecordType.CAA => Authorization,
        DnsRecordType.DS => Signer,
        DnsRecordType.SSHFP => Fingerprint,
        DnsRecordType.TLSA => Association,
        DnsRecordType.NAPTR => Naming,
        _ => null,
    };
}
