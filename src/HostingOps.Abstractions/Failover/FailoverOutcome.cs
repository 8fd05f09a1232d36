namespace HostingOps;

/// <summary>How an operation on one site stands or ended.</summary>
public enum FailoverOutcome : long
{
    /// <summary>Begun and not ended: running, or cut off and resumable.</summary>
    InProgress,

    /// <summary>Switched, and everything that was asked agrees: the authoritative servers (unless verifyDns is off) and the site.</summary>
    Succeeded,

    /// <summary>Switched, but something after the switch did not work: verification or an after hook.</summary>
    SwitchedWithWarnings,

    /// <summary>Somebody else changed the record first, or works on the site; this operation changed no record.</summary>
    Conflict,

    /// <summary>A gate refused; no record was changed.</summary>
    Refused,

    /// <summary>A step before the switch failed; the records were not changed.</summary>
    Failed,

    /// <summary>Whether the records were changed is not known. Resume finds out.</summary>
    Unknown,

    /// <summary>There was nothing to do.</summary>
    Unchanged,
}
