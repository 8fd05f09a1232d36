namespace HostingOps.Engine.Dns.Wire;

/// <summary>Response codes (RFC 1035 §4.1.1, RFC 2136, RFC 6891): four bits, twelve with EDNS.</summary>
public enum DnsResponseCode : ushort
{
    /// <summary>No error.</summary>
    NoError = 0,

    /// <summary>The server could not read the query.</summary>
    FormatError = 1,

    /// <summary>The server failed.</summary>
    ServerFailure = 2,

    /// <summary>The name does not exist (NXDOMAIN).</summary>
    NameError = 3,

    /// <summary>The server does not do this kind of query.</summary>
    NotImplemented = 4,

    /// <summary>The server will not answer this.</summary>
    Refused = 5,

    /// <summary>Not authoritative (RFC 2136).</summary>
    NotAuthoritative = 9,

    /// <summary>The EDNS version is not supported (RFC 6891 §6.1.3).</summary>
    BadVersion = 16,
}
