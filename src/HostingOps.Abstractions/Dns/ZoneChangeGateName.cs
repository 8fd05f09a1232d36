namespace HostingOps;

/// <summary>The conditions of a plan of zone changes.</summary>
public enum ZoneChangeGateName : long
{
    /// <summary>It updates and deletes no more record sets than allowed. New ones are not counted.</summary>
    ChangeCount,

    /// <summary>It updates and deletes no larger share of the zone's record sets than allowed, in a zone with 10 or more.</summary>
    ChangePercent,
}
