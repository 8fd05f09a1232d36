using HostingOps.Engine.Tests.Alerts;
using HostingOps.Engine.Watch;
using HostingOps.Engine.Watch.Verdicts;

namespace HostingOps.Engine.Tests.Watch.Incidents;

/// <summary>A watcher that holds what a test says.</summary>
internal sealed class StagedView(AlertWorld world, HostingInventory inventory) : IWatchView, IAsyncDisposable
{
    private readonly Dictionary<(string Site, string Host), WatchedTarget> targets = [];

    public HostingWorkspace Workspace { get; } = HostingWorkspace.Open(inventory, new WorkspaceOptions { StatePath = world.StatePath, Time = world.Time }, world.Said);

    public string? ObserverProblem { get; set; }

    public string? InventoryProblem { get; set; }

    public string? RoutingProblem { get; set; }

    public TimeSpan Lag { get; set; }

    public void Set(HostedSite site, SiteHost host, WatchState state, bool isActive = true, DateTimeOffset? certificate = null)
    {
        var now = world.Time.GetUtcNow();
        var before = targets.GetValueOrDefault((site.Name, host.Name))?.Verdict;
        var fails = state is WatchState.Down or WatchState.Suspect;
        targets[(site.Name, host.Name)] = new WatchedTarget(
            new WatchTarget(site, host, isActive ? WatchRole.Active : WatchRole.Standby),
            TargetVerdict.Initial with
            {
                State = state,
                Since = now,
                ObservedAt = now,
                Reason = fails ? $"No TCP connection to {host.Address}:443." : "It answers.",
                Failures = fails ? 3 : 0,
                Silences = fails ? 3 : 0,
                FailingSince = fails ? before?.FailingSince ?? now : null,
            },
            new SiteHealth { SiteName = site.Name, HostName = host.Name, Target = HealthTarget.Primary, Status = fails ? SiteStatus.Down : SiteStatus.Healthy, Reason = "", CheckedAt = now, CertificateExpires = certificate },
            null);
    }

    public WatcherSnapshot Snapshot() => new()
    {
        At = world.Time.GetUtcNow(),
        StartedAt = world.Time.GetUtcNow(),
        Inventory = Workspace.Inventory,
        InventoryReadAt = world.Time.GetUtcNow(),
        InventoryProblem = InventoryProblem,
        RoutingProblem = RoutingProblem,
        ObserverProblem = ObserverProblem,
        Targets = targets.Values.ToList(),
        ChecksBegun = 0,
        ChecksUnderWay = 0,
        Lag = Lag,
    };

    public void CheckSoon(IReadOnlyCollection<string> hostNames)
    {
    }

    public void ReadRoutingSoon(IReadOnlyCollection<string> siteNames)
    {
    }

    public ValueTask DisposeAsync() => Workspace.DisposeAsync();
}
