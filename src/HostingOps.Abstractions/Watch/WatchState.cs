namespace HostingOps;

/// <summary>What the watcher holds of a site on one of its hosts, over several checks. Unknown never acts.</summary>
public enum WatchState : long
{
    /// <summary>Nothing can be said: not checked yet, or the observer itself is in doubt.</summary>
    Unknown,

    /// <summary>Answers as it should.</summary>
    Healthy,

    /// <summary>Has failed, not often or long enough to be believed.</summary>
    Suspect,

    /// <summary>Has failed as often and as long as the check asks for.</summary>
    Down,

    /// <summary>Answers again after Down, not often or long enough to be believed.</summary>
    Recovering,

    /// <summary>Failover is switched off by hand. It is checked on, and nothing is concluded.</summary>
    Paused,

    /// <summary>In a maintenance window. It is checked on, and nothing is concluded.</summary>
    Maintenance,
}
