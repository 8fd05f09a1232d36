namespace HostingOps;

/// <summary>How a recovery of the bare domains' redirector ended.</summary>
public enum ApexRecoveryOutcome : long
{
    /// <summary>A new redirector has the address, and every redirect is proven through it.</summary>
    Restored,

    /// <summary>A condition refused. Nothing was launched or moved.</summary>
    Refused,

    /// <summary>No instance was launched, and nothing was moved.</summary>
    Failed,

    /// <summary>An instance was launched and is left running, but the address was not moved to it. The recovery can be resumed.</summary>
    NotMoved,

    /// <summary>The address is moved, but not every redirect is proven through it.</summary>
    MovedUnproven,

    /// <summary>Somebody else has moved the address meanwhile. An instance that was launched is left running.</summary>
    Conflict,

    /// <summary>An answer of EC2 was lost and could not be read again. Resuming finds out, and never launches twice.</summary>
    Unknown,
}
