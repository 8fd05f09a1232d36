namespace HostingOps.Engine.Dns.Wire;

/// <summary>
/// Record and question types by their assigned numbers (RFC 1035 §3.2.2, RFC 3596, RFC 2782, RFC 8659, …).
/// Any other number is a valid value as well: RFC 3597 calls it <c>TYPEn</c>.
/// </summary>
public enum DnsRecordType : ushort
{
    /// <summary>IPv4 address.</summary>
    A = 1,

    /// <summary>Authoritative name server.</summary>
    NS = 2,

    /// <summary>Canonical name of an alias.</summary>
    CNAME = 5,

    /// <summary>Start of a zone of authority.</summary>
    SOA = 6,

    /// <summary>Pointer to a name.</summary>
    PTR = 12,

    /// <summary>Host information; today the answer to ANY (RFC 8482).</summary>
    HINFO = 13,

    /// <summary>Mail exchange.</summary>
    MX = 15,

    /// <summary>Text strings.</summary>
    TXT = 16,

    /// <summary>IPv6 address (RFC 3596).</summary>
    AAAA = 28,

    /// <summary>Location of a service (RFC 2782).</summary>
    SRV = 33,

    /// <summary>Naming authority pointer (RFC 3403).</summary>
    NAPTR = 35,

    /// <summary>EDNS pseudo record (RFC 6891); never among a message's records here, see <see cref="DnsMessage.Edns"/>.</summary>
    OPT = 41,

    /// <summary>Delegation signer (RFC 4034).</summary>
    DS = 43,

    /// <summary>SSH key fingerprint (RFC 4255).</summary>
    SSHFP = 44,

    /// <summary>Signature over a record set (RFC 4034 §3).</summary>
    RRSIG = 46,

    /// <summary>Key of a signed zone (RFC 4034 §2).</summary>
    DNSKEY = 48,

    /// <summary>TLS certificate association (RFC 6698).</summary>
    TLSA = 52,

    /// <summary>General service binding (RFC 9460).</summary>
    SVCB = 64,

    /// <summary>Service binding for HTTPS (RFC 9460).</summary>
    HTTPS = 65,

    /// <summary>Sender policy, in TXT's form (RFC 7208 §3.1 retired it).</summary>
    SPF = 99,

    /// <summary>Question only: incremental zone transfer (RFC 1995).</summary>
    IXFR = 251,

    /// <summary>Question only: zone transfer (RFC 5936).</summary>
    AXFR = 252,

    /// <summary>Question only: any records.</summary>
    ANY = 255,

    /// <summary>Certification authority authorization (RFC 8659).</summary>
    CAA = 257,
}
