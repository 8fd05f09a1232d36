namespace HostingOps;

/// <summary>The phases of one probe, in order.</summary>
public enum ProbePhase : long
{
    /// <summary>No phase failed.</summary>
    None,

    /// <summary>Finding the address of a name.</summary>
    Resolve,

    /// <summary>The TCP connection.</summary>
    Connect,

    /// <summary>The TLS handshake and the certificate.</summary>
    Tls,

    /// <summary>From the sent request to the answer's head, redirects and status included.</summary>
    FirstByte,

    /// <summary>The answer's body.</summary>
    Body,
}
