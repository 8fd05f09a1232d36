namespace HostingOps;

/// <summary>What a test of a redirect can find.</summary>
public enum ApexRedirectFindingCode : long
{
    /// <summary>No connection to the address.</summary>
    Unreachable,

    /// <summary>The connection is closed without an answer, as a redirector does for a name that it does not know.</summary>
    Closed,

    /// <summary>No answer in time.</summary>
    Timeout,

    /// <summary>No TLS session: no certificate for the name, for example.</summary>
    TlsFailed,

    /// <summary>What answers is not usable HTTP.</summary>
    NotHttp,

    /// <summary>Another instance answers than the one that must.</summary>
    OtherInstance,

    /// <summary>An answer that is no redirect, such as 200 or 404.</summary>
    NotRedirected,

    /// <summary>The redirector answers 429: it limits this checker.</summary>
    Throttled,

    /// <summary>A redirect with another status than the one configured.</summary>
    WrongStatus,

    /// <summary>A redirect without a Location that can be read.</summary>
    NoLocation,

    /// <summary>The redirect leads to another name or port.</summary>
    WrongTarget,

    /// <summary>The redirect leads to the right name over http instead of https.</summary>
    NotHttps,

    /// <summary>A redirect from https leads down to http.</summary>
    Downgrade,

    /// <summary>The redirects lead round in a circle.</summary>
    Loop,

    /// <summary>There are more redirects than are followed.</summary>
    TooManyHops,

    /// <summary>The visitor arrives, but by more than one redirect.</summary>
    ExtraHops,

    /// <summary>The path is lost or changed.</summary>
    PathChanged,

    /// <summary>The query is lost or changed.</summary>
    QueryChanged,

    /// <summary>The certificate has expired, or is not valid yet.</summary>
    CertificateOutOfDate,

    /// <summary>The certificate is for other names.</summary>
    CertificateOtherName,

    /// <summary>Browsers would not trust the certificate for another reason, such as its chain.</summary>
    CertificateUntrusted,

    /// <summary>The certificate expires within the days that the site's check warns of.</summary>
    CertificateExpiring,

    /// <summary>The name does not exist in the public DNS, or has no A record.</summary>
    DnsMissing,

    /// <summary>An A record of the name is not our address.</summary>
    DnsElsewhere,

    /// <summary>An AAAA record of the name is not our address: visitors with IPv6 miss us.</summary>
    DnsV6Elsewhere,

    /// <summary>The inventory has an IPv6 address, but the name has no AAAA record.</summary>
    DnsV6Missing,

    /// <summary>The site's www is not a CNAME that leads to our record, so that a failover does not move it.</summary>
    WwwNotOurs,

    /// <summary>The name servers gave no usable answer.</summary>
    DnsUnknown,

    /// <summary>The test itself could not be made from this machine.</summary>
    NotTested,
}
