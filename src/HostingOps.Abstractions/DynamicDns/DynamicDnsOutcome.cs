namespace HostingOps;

/// <summary>What became of a dynamic update.</summary>
public enum DynamicDnsOutcome : long
{
    /// <summary>The record has the address already.</summary>
    Unchanged,

    /// <summary>The address is another one, but has not settled, or the last write was too short a while ago. Nothing was written.</summary>
    Waiting,

    /// <summary>Written, and every authoritative server serves it.</summary>
    Updated,

    /// <summary>Written, but not every authoritative server was seen to serve it.</summary>
    UpdatedUnproven,

    /// <summary>The sources do not agree, or too few answered. Nothing was written.</summary>
    AddressUnknown,

    /// <summary>A condition refused. Nothing was written.</summary>
    Refused,

    /// <summary>Somebody else changed the record in between. Nothing was written.</summary>
    Conflict,

    /// <summary>Whether it was written is not known; the next run finds out.</summary>
    Unknown,

    /// <summary>It failed, and nothing was written.</summary>
    Failed,
}
