namespace HostingOps;

/// <summary>Kinds of notices.</summary>
public enum ZoneNoticeKind : long
{
    /// <summary>A record of ours is not as the inventory says, in a way that sync does not decide.</summary>
    Drift,

    /// <summary>A record that nobody has marked as theirs.</summary>
    Stranger,

    /// <summary>A record that another inventory owns.</summary>
    OtherOwner,

    /// <summary>A record of ours that the inventory no longer has; -Prune deletes it.</summary>
    Orphan,

    /// <summary>A record that can't be changed here, and why.</summary>
    Unsupported,

    /// <summary>A record set that the imported file does not have; -Prune deletes it.</summary>
    NotInFile,
}
