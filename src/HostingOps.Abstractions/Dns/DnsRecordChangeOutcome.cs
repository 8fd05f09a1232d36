namespace HostingOps;

/// <summary>What became of a change of records.</summary>
public enum DnsRecordChangeOutcome : long
{
    /// <summary>The records are as wanted, by this operation.</summary>
    Applied,

    /// <summary>Somebody else had made the same change already.</summary>
    AlreadyThere,

    /// <summary>The records are neither as seen nor as wanted: somebody else was first. Nothing was changed.</summary>
    Conflict,

    /// <summary>Route 53 refused it. Nothing was changed.</summary>
    Failed,

    /// <summary>It may or may not have happened, and reading again did not tell.</summary>
    Unknown,

    /// <summary>The records are as wanted in Route 53, but the authoritative servers do not all say so.</summary>
    NotProven,
}
