namespace HostingOps.Bench.Certainty;

/// <summary>What a condition does to those who come by it.</summary>
internal enum Effect
{
    /// <summary>Packets vanish.</summary>
    Silent,

    /// <summary>Some packets vanish: the strength is the share.</summary>
    Loss,

    /// <summary>Connections are refused, open ones reset.</summary>
    Refused,

    /// <summary>Connections are taken, and nothing is ever answered.</summary>
    Hung,

    /// <summary>A share of the requests gets a 5xx: the strength.</summary>
    Errors,

    /// <summary>The certificate has expired.</summary>
    BadCertificate,

    /// <summary>Answers take longer: the strength is their median, s.</summary>
    Slow,
}
