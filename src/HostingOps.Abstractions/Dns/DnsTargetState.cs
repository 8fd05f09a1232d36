namespace HostingOps;

/// <summary>How a site's record relates to the inventory.</summary>
public enum DnsTargetState : long
{
    /// <summary>Points to the primary, exactly as the inventory says.</summary>
    Primary,

    /// <summary>Points to the secondary, exactly as the inventory says.</summary>
    Secondary,

    /// <summary>Points to one of the two hosts, but not fully: another TTL, or a missing or extra address family.</summary>
    Drifted,

    /// <summary>Points somewhere that the inventory does not know.</summary>
    Stranger,

    /// <summary>There is no address record of that name.</summary>
    Missing,

    /// <summary>An alias or a routing policy, which HostingOps does not switch.</summary>
    NotSwitchable,
}
