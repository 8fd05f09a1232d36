using HostingOps.Engine.Health;
using HostingOps.Engine.State;
using HostingOps.Engine.Watch.Checking;

namespace HostingOps.Engine.Watch;

/// <summary>What a watcher is made of.</summary>
internal sealed record SiteWatcherParts
{
    /// <summary>The open inventory to begin with. Its owner closes it.</summary>
    public required HostingWorkspace Workspace { get; init; }

    /// <summary>Opens the inventory again, or null where it is in memory only.</summary>
    public Func<HostingWorkspace>? Reopen { get; init; }

    /// <summary>The state database; open for as long as the watcher runs.</summary>
    public required StateDatabase State { get; init; }

    /// <summary>Makes what checks.</summary>
    public required Func<ITargetChecker> NewChecker { get; init; }

    /// <summary>Asks an inventory's known-good addresses.</summary>
    public required Func<HostingInventory, CancellationToken, Task<ObserverSanity>> AskObserverAsync { get; init; }

    /// <summary>Asks Route 53 where sites are.</summary>
    public Func<HostingWorkspace, IReadOnlyList<HostedSite>, CancellationToken, IAsyncEnumerable<SiteDnsTarget>> ReadTargets { get; init; } =
        static (workspace, sites, token) => workspace.GetDnsTargetsAsync(sites, token);

    /// <summary>Who listens, in the order in which they are told.</summary>
    public IReadOnlyList<IWatchListener> Listeners { get; init; } = [];

    /// <summary>Is told of trouble.</summary>
    public required IOperationReporter Reporter { get; init; }

    /// <summary>The clock.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>Spreads the checks.</summary>
    public required Random Random { get; init; }
}
