namespace HostingOps.Engine.Dns.Wire;

/// <summary>The pieces that record data is made of.</summary>
internal enum RdataField
{
    /// <summary>Four bytes, in text a dotted address.</summary>
    IPv4,

    /// <summary>Sixteen bytes, in text an IPv6 address.</summary>
    IPv6,

    /// <summary>A name that senders may compress: only in the types of RFC 1035 (RFC 3597 §4).</summary>
    CompressibleName,

    /// <summary>A name that is never sent compressed.</summary>
    Name,

    /// <summary>One byte, in text decimal.</summary>
    Byte,

    /// <summary>Two bytes, in text decimal.</summary>
    Word,

    /// <summary>Four bytes, in text decimal.</summary>
    Long,

    /// <summary>Letters and digits after a length byte, in text bare (RFC 8659 §4.1).</summary>
    Tag,

    /// <summary>Up to 255 bytes after a length byte, in text quoted.</summary>
    String,

    /// <summary>One or more of the former until the end.</summary>
    Strings,

    /// <summary>All bytes until the end, in text quoted.</summary>
    QuotedRest,

    /// <summary>All bytes until the end, in text hexadecimal; blanks may stand between.</summary>
    HexRest,
}
