using HostingOps.Engine.State;
using HostingOps.Engine.Watch.Checking;
using HostingOps.Engine.Watch.Reloading;
using HostingOps.Engine.Watch.Verdicts;

namespace HostingOps.Engine.Watch;

/// <summary>
/// Watches every site of an inventory on its hosts, as the one watcher of the state database: the loop of checks, and beside it the
/// routing, the inventory file, the state, and whoever listens.
/// </summary>
public sealed partial class SiteWatcher : IWatchView
{
    private static readonly TimeSpan ListenerPause = TimeSpan.FromSeconds(10);

    // A new routing makes no new targets: both hosts of a site are always watched.
    private static readonly IReadOnlyDictionary<(string Site, string Host), TargetVerdict> NothingRemembered = new Dictionary<(string, string), TargetVerdict>();

    private readonly WatchOptions options;
    private readonly SiteWatcherParts parts;
    private readonly WatchKeeper keeper;
    private readonly InventoryReloader? reloader;
    private readonly RoutingReader routing;
    private readonly object turn = new();
    private volatile OpenInventory opened;
    private IReadOnlyDictionary<string, string> routed = new Dictionary<string, string>();
    private WatchLoop? loop;

    internal SiteWatcher(WatchOptions options, SiteWatcherParts parts)
    {
        this.options = options;
        this.parts = parts;
        opened = new OpenInventory(parts.Workspace, parts.Time.GetUtcNow());
        keeper = new WatchKeeper(parts.State, parts.Reporter, parts.Time, options);
        routing = new RoutingReader(() => Current, parts.ReadTargets, options.RoutingInterval, parts.Reporter, parts.Time);
        reloader = parts is { Reopen: { } reopen, Workspace.Inventory.Path: { } path }
            ? new InventoryReloader(path, reopen, options.InventoryInterval, parts.Reporter, parts.Time)
            : null;
    }

    /// <inheritdoc/>
    HostingWorkspace IWatchView.Workspace => Current;

    /// <summary>Sites of the inventory in use.</summary>
    public int SiteCount => Current.Inventory.Sites.Count;

    /// <summary>Why the inventory file as it is now is not in use, or null.</summary>
    public string? InventoryProblem => reloader?.Problem;

    private HostingWorkspace Current => opened.Workspace;

    private WatchLoop Loop => loop ?? throw new InvalidOperationException("The watcher has not begun.");

    /// <summary>Reads the inventory again, changed or not.</summary>
    public void Reload() => reloader?.Ask();

    /// <summary>Watches until it is cancelled, which is its normal end and takes less than five seconds.</summary>
    /// <exception cref="HostingException">WatcherBusy: another watcher has the state database, or has taken it over. StateUnavailable, StateCorrupt.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var lease = keeper.Begin(Current.Inventory, isSingle: false);
        var renewal = lease.KeepRenewed(parts.Time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, renewal.Lost);
        var ending = "stopped";
        List<Task> work = [];
        try
        {
            loop = NewLoop(once: false);
            routed = keeper.Routing(Current.Inventory);
            keeper.ReadPauses(() => Current.Inventory);
            loop.Watch(Current.Inventory, routed, keeper.Verdicts(Current.Inventory));
            work.Add(loop.RunAsync(stop.Token));
            work.Add(routing.RunAsync(routed, Rerouted, stop.Token));
            work.Add(keeper.RunAsync(loop, () => Current.Inventory, stop.Token));
            work.Add(LiveAsync(stop.Token));
            if (reloader is not null)
            {
                work.Add(reloader.RunAsync(() => Tell(WatchMoment.Reloading), Reopened, () => Tell(WatchMoment.Reloaded), stop.Token));
            }

            var first = Task.WhenAny(work);
            work.AddRange(parts.Listeners.Select(listener => ListenAsync(listener, stop.Token)));
            Tell(WatchMoment.Ready);
            await EndOfAsync(first, stop.Token).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            ending = $"failed: {error.Message}";
            throw;
        }
        finally
        {
            Tell(WatchMoment.Stopping);

            // Before the checker goes: a check that is broken off by that is evidence of nothing.
            await stop.CancelAsync().ConfigureAwait(false);
            await WithinAsync(() => Task.WhenAll(work), WorkEnds).ConfigureAwait(false);
            parts.State.Hurry();
            await WithinAsync(() => SettleAsync(LastWords, CancellationToken.None), LastWords).ConfigureAwait(false);
            await GiveBackAsync(lease, renewal, renewal.Lost.IsCancellationRequested ? "lost to another watcher" : ending, LastWords).ConfigureAwait(false);
            await WithinAsync(() => DisposeRetiredAsync(everything: true), RetiredEnd).ConfigureAwait(false);
        }

        if (renewal.Lost.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw keeper.LeaseLost();
        }
    }

    /// <inheritdoc/>
    WatcherSnapshot IWatchView.Snapshot() => Loop.Snapshot(new WatcherSnapshot
    {
        At = default,
        StartedAt = default,
        Inventory = Current.Inventory,
        InventoryReadAt = opened.ReadAt,
        InventoryProblem = reloader?.Problem,
        RoutingProblem = routing.Problem,
        Targets = [],
        ChecksBegun = 0,
        ChecksUnderWay = 0,
        Lag = default,
    });

    /// <inheritdoc/>
    void IWatchView.CheckSoon(IReadOnlyCollection<string> hostNames) => Loop.CheckSoon(hostNames);

    /// <inheritdoc/>
    void IWatchView.ReadRoutingSoon(IReadOnlyCollection<string> siteNames) => routing.Ask(siteNames);

    private WatchLoop NewLoop(bool once) => new(
        parts.NewChecker(),
        new WatchLoopSettings
        {
            Places = options.ThrottleLimit,
            Once = once,
            Listeners = [.. parts.Listeners, new WatchChanges(options)],
            Reporter = parts.Reporter,
            Random = parts.Random,
            CircumstanceOf = keeper.CircumstanceOf,
            AskObserverAsync = token => parts.AskObserverAsync(Current.Inventory, token),
        },
        parts.Time);

    private void Rerouted(HostingWorkspace asked, IReadOnlyDictionary<string, string> known)
    {
        lock (turn)
        {
            // A reading that began with the inventory before knows nothing of this one's sites; another follows.
            if (ReferenceEquals(asked, Current))
            {
                routed = known;
                Loop.Watch(asked.Inventory, known, NothingRemembered);
                keeper.SaveRouting(asked.Inventory, known);
            }
        }
    }

    private void Reopened(HostingWorkspace workspace)
    {
        var (known, remembered) = keeper.Remembered(workspace.Inventory);
        lock (turn)
        {
            if (workspace.Inventory.Zone == Current.Inventory.Zone)
            {
                known = routed;
            }

            // A failover may still be under way with the one before; it is closed when that must be over.
            Retire(Current);
            opened = new OpenInventory(workspace, parts.Time.GetUtcNow());
            routed = known;
            Loop.Watch(workspace.Inventory, known, remembered);
        }

        keeper.ReadPauses(() => Current.Inventory);
        keeper.Forget();
        routing.AskAll();
    }

    private async Task LiveAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            // Said by the loop itself: a loop that hangs says nothing.
            Loop.Post(() => Tell(WatchMoment.Alive));
            await Task.Delay(TimeSpan.FromSeconds(5), parts.Time, cancellationToken).ConfigureAwait(false);
            await DisposeRetiredAsync(everything: false).ConfigureAwait(false);
        }
    }

    private async Task ListenAsync(IWatchListener listener, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await listener.RunAsync(this, cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (Exception error) when (!cancellationToken.IsCancellationRequested)
            {
                parts.Reporter.Warning($"{listener.Title} failed and begins again: {error.GetType().Name}: {error.Message}");
                await Task.Delay(ListenerPause, parts.Time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task SettleAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        using var over = new CancellationTokenSource(limit, parts.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(over.Token, cancellationToken);
        foreach (var listener in parts.Listeners)
        {
            try
            {
                await listener.SettleAsync(this, either.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (over.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
            {
                // The process has to end now. What is left is done by the next one; whose news that is tells it itself.
                parts.Reporter.Verbose($"{listener.Title} had no time for all that was due.");
            }
            catch (Exception error) when (!cancellationToken.IsCancellationRequested)
            {
                parts.Reporter.Warning($"{listener.Title} could not do all that was due: {error.Message}");
            }
        }
    }

    private void Tell(WatchMoment moment) => options.Moment?.Invoke(moment);

    // The first that ends, by a fault or by the end of all.
    private static async Task EndOfAsync(Task<Task> first, CancellationToken cancellationToken)
    {
        try
        {
            await (await first.ConfigureAwait(false)).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The normal end.
        }
    }
}
