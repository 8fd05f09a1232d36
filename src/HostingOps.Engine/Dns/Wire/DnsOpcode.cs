namespace HostingOps.Engine.Dns.Wire;

/// <summary>What a message asks for (RFC 1035 §4.1.1): four bits.</summary>
public enum DnsOpcode : byte
{
    /// <summary>A query.</summary>
    Query = 0,

    /// <summary>Server status.</summary>
    Status = 2,

    /// <summary>A zone has changed (RFC 1996).</summary>
    Notify = 4,

    /// <summary>A dynamic update (RFC 2136).</summary>
    Update = 5,
}
