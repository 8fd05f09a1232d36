namespace HostingOps.Bench.Certainty;

/// <summary>What a look saw.</summary>
internal enum SightingKind
{
    Answers,

    /// <summary>No connection and no refusal within the time.</summary>
    Silent,

    /// <summary>The connection was refused, or reset.</summary>
    Refused,

    /// <summary>Connected, and no answer within the time.</summary>
    NoAnswer,

    /// <summary>A status that is no success.</summary>
    BadStatus,

    /// <summary>An expired certificate.</summary>
    BadCertificate,
}
