namespace HostingOps.Engine.Watch.Automatic;

/// <summary>What the watcher holds of each site at one moment: of its active host, and of its standby.</summary>
internal sealed class SiteLooks
{
    private readonly Dictionary<string, WatchedTarget> active = new(StringComparer.Ordinal);
    private readonly Dictionary<string, WatchedTarget> standby = new(StringComparer.Ordinal);

    private SiteLooks(WatcherSnapshot snapshot)
    {
        Snapshot = snapshot;
        foreach (var watched in snapshot.Targets)
        {
            (watched.Target.Role == WatchRole.Active ? active : standby)[watched.Target.Site.Name] = watched;
        }
    }

    /// <summary>The moment.</summary>
    public WatcherSnapshot Snapshot { get; }

    /// <summary>The watcher at this moment.</summary>
    public static SiteLooks Of(IWatchView view) => new(view.Snapshot());

    /// <summary>The site on its active host, or null when that is not known.</summary>
    public WatchedTarget? Active(string siteName) => active.GetValueOrDefault(siteName);

    /// <summary>The site on its standby, or null when that is not known.</summary>
    public WatchedTarget? Standby(string siteName) => standby.GetValueOrDefault(siteName);

    /// <summary>The site on its active host when that is Down and this machine's own view is not in doubt; else null.</summary>
    public WatchedTarget? Down(string siteName) =>
        Snapshot.ObserverProblem is null && Active(siteName) is { Verdict.State: WatchState.Down } watched ? watched : null;

    /// <summary>
    /// Why the watcher does not take the standby for proven, whatever a single probe of it says; null when it does not object. One
    /// that answers again is judged by the gate.
    /// </summary>
    public string? StandbyObjection(string siteName) =>
        Standby(siteName) is { Verdict: { State: WatchState.Down or WatchState.Suspect } verdict } watched
            ? $"The watcher holds {watched.Target.Host.Name} for {verdict.State}: {verdict.Reason}"
            : null;

    /// <summary>Whether any of the sites is about to be Down on one of the hosts.</summary>
    public bool IsSuspect(IEnumerable<string> siteNames, IReadOnlySet<string> hostNames) => siteNames.Any(name =>
        Active(name) is { Verdict.State: WatchState.Suspect } watched && hostNames.Contains(watched.Target.Host.Name));
}
