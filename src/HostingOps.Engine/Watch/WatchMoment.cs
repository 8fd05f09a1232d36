namespace HostingOps.Engine.Watch;

/// <summary>What a service manager wants to know of a watcher.</summary>
public enum WatchMoment
{
    /// <summary>It has the lease and its state, and checks.</summary>
    Ready,

    /// <summary>It reads the inventory again.</summary>
    Reloading,

    /// <summary>It has read the inventory again, whether or not the new one is in use.</summary>
    Reloaded,

    /// <summary>Its loop turns; said every few seconds.</summary>
    Alive,

    /// <summary>It ends.</summary>
    Stopping,
}
