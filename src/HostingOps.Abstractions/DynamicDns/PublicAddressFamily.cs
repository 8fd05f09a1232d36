namespace HostingOps;

/// <summary>The two kinds of addresses, which are asked for, believed and written apart.</summary>
public enum PublicAddressFamily : long
{
    /// <summary>IPv4, an A record.</summary>
    IPv4,

    /// <summary>IPv6, an AAAA record.</summary>
    IPv6,
}
