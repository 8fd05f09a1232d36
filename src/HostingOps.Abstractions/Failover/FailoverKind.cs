namespace HostingOps;

/// <summary>Why a site is moved.</summary>
public enum FailoverKind : long
{
    /// <summary>The active host is down.</summary>
    Failover,

    /// <summary>Planned, between two healthy hosts.</summary>
    Switchover,

    /// <summary>Takes an earlier operation back.</summary>
    Undo,

    /// <summary>The record is set by hand (Set-SiteDnsTarget), with no gate but the compare-and-swap.</summary>
    Manual,
}
