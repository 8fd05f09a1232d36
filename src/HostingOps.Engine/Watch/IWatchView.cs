namespace HostingOps.Engine.Watch;

/// <summary>The watcher, as those who listen to it see it. Safe for several threads.</summary>
internal interface IWatchView
{
    /// <summary>The open inventory in use; another one after a reload.</summary>
    HostingWorkspace Workspace { get; }

    /// <summary>All of it at this moment.</summary>
    WatcherSnapshot Snapshot();

    /// <summary>Has the targets on these hosts checked at once, as far as the concurrency allows.</summary>
    void CheckSoon(IReadOnlyCollection<string> hostNames);

    /// <summary>Has Route 53 asked again where these sites are: after a switch.</summary>
    void ReadRoutingSoon(IReadOnlyCollection<string> siteNames);
}
