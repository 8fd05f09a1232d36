namespace HostingOps;

/// <summary>The gates that a failover passes through. Overrides are given by these names.</summary>
public enum GateName : long
{
    /// <summary>The active host is really down, or the switch is planned.</summary>
    ActiveDown,

    /// <summary>The standby answers a pinned probe as healthy.</summary>
    StandbyHealthy,

    /// <summary>Failover of the site is not switched off.</summary>
    NotPaused,

    /// <summary>The last switch of the site is long enough ago.</summary>
    Cooldown,

    /// <summary>Not too much of the fleet moves at once.</summary>
    FleetLimit,

    /// <summary>The record is as the inventory expects it. Can't be overridden.</summary>
    RecordAsExpected,

    /// <summary>The observer itself can see the world.</summary>
    ObserverSane,

    /// <summary>No other operation on the site was cut off and waits to be finished or taken back.</summary>
    NothingOpen,

    /// <summary>As many witnesses as the inventory asks for see the active host down as well.</summary>
    WitnessQuorum,

    /// <summary>The mirror that the secondary host serves is fresh and whole. Asked of sites that have one, on the way to the secondary host only.</summary>
    MirrorFresh,
}
