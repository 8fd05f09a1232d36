namespace HostingOps;

/// <summary>What people are told of. In the inventory's <c>on</c> by these names in lower case.</summary>
public enum AlertEvent : long
{
    /// <summary>A site, a host or a provider is down.</summary>
    Down,

    /// <summary>What was down answers again, or is served elsewhere.</summary>
    Recovered,

    /// <summary>A failover was made, or was refused, or failed.</summary>
    Failover,

    /// <summary>A change of uplink.</summary>
    Uplink,

    /// <summary>A standby could not take over.</summary>
    Standby,

    /// <summary>A certificate ends soon, or has ended.</summary>
    Certificate,

    /// <summary>The watcher is in trouble itself: its view, its inventory, its state database, missed runs.</summary>
    Watcher,

    /// <summary>A test of the channel. Goes to the channel named, whatever it is told of.</summary>
    Test,
}
