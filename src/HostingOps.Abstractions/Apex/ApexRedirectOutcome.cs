namespace HostingOps;

/// <summary>What the test of one redirect came to.</summary>
public enum ApexRedirectOutcome : long
{
    /// <summary>Visitors are sent where the inventory says.</summary>
    Passed,

    /// <summary>Visitors arrive, but something is not as configured or soon won't be.</summary>
    Warning,

    /// <summary>Visitors, or some of them, do not arrive.</summary>
    Failed,

    /// <summary>It could not be found out from here.</summary>
    Unknown,
}
