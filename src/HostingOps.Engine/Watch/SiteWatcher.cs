using HostingOps.Engine.State;
using HostingOps.Engine.Watch.Checking;
using HostingOps.Engine.Watch.Reloading;
using HostingOps.Engine.Watch.Verdicts;

namespace HostingOps.Engine.Watch;

/// <summary>
/// Watches every site of an inventory on its hosts, as the one watcher of the state database: the loop of checks, and beside it the
/// routing, the inventory file, the state, and whoever listens.
/// </summary>
public sealed class SiteWatcher : IWatchView
{
    // Five seconds after it was asked to, a watcher has ended; these are the shares of those who might keep it.
    private static readonly TimeSpan ListenersEnd = TimeSpan.FromSeconds(2.5);
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan ListenerPause = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan RetiredOpen = TimeSpan.FromMinutes(15);

    // A new routing makes no new targets: both hosts of a site are always watched.
    private static readonly IReadOnlyDictionary<(string Site, string Host), TargetVerdict> NothingRemembered = new Dictionary<(string, string), TargetVerdict>();

    private readonly WatchOptions options;
    private readonly SiteWatcherParts parts;
    private readonly WatchKeeper keeper;
    private readonly InventoryReloader? reloader;
    private readonly RoutingReader routing;
    private readonly List<(HostingWorkspace Workspace, long At)> retired = [];
    private volatile HostingWorkspace current;
    private DateTimeOffset readAt;
    private WatchLoop? loop;

    internal SiteWatcher(WatchOptions options, SiteWatcherParts parts)
    {
        this.options = options;
        this.parts = parts;
        current = parts.Workspace;
        readAt = parts.Time.GetUtcNow();
        keeper = new WatchKeeper(parts.State, parts.Reporter, parts.Time, options);
        routing = new RoutingReader(() => current, options.RoutingInterval, parts.Reporter, parts.Time);
        reloader = parts is { Reopen: { } reopen, Workspace.Inventory.Path: { } path }
            ? new InventoryReloader(path, reopen, options.InventoryInterval, parts.Reporter, parts.Time)
            : null;
    }

    /// <inheritdoc/>
    HostingWorkspace IWatchView.Workspace => current;

    private WatchLoop Loop => loop ?? throw new InvalidOperationException("The watcher has not begun.");

    /// <summary>Reads the inventory again, changed or not.</summary>
    public void Reload() => reloader?.Ask();

    /// <summary>Watches until it is cancelled, which is its normal end and takes less than five seconds.</summary>
    /// <exception cref="HostingException">WatcherBusy: another watcher has the state database, or has taken it over. StateUnavailable, StateCorrupt.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var lease = keeper.Begin(current.Inventory, isSingle: false);
        using var renewal = lease.KeepRenewed(parts.Time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, renewal.Lost);
        var ending = "stopped";
        List<Task> work = [];
        List<Task> listening = [];
        try
        {
            using (loop = NewLoop(once: false))
            {
                var known = keeper.Routing(current.Inventory);
                keeper.ReadPauses(current.Inventory);
                loop.Watch(current.Inventory, known, keeper.Verdicts(current.Inventory));
                work.Add(loop.RunAsync(stop.Token));
                work.Add(routing.RunAsync(known, Rerouted, stop.Token));
                work.Add(keeper.RunAsync(loop, () => current.Inventory, stop.Token));
                work.Add(LiveAsync(stop.Token));
                if (reloader is not null)
                {
                    work.Add(reloader.RunAsync(() => Tell(WatchMoment.Reloading), Reopened, stop.Token));
                }

                listening.AddRange(parts.Listeners.Select(listener => ListenAsync(listener, stop.Token)));
                Tell(WatchMoment.Ready);
                await EndOfAsync(work, stop.Token).ConfigureAwait(false);
            }
        }
        catch (Exception error)
        {
            ending = $"failed: {error.Message}";
            throw;
        }
        finally
        {
            Tell(WatchMoment.Stopping);
            await stop.CancelAsync().ConfigureAwait(false);
            await WithinAsync(Task.WhenAll([.. work, .. listening]), ListenersEnd).ConfigureAwait(false);
            await WithinAsync(SettleAsync(LastWords, CancellationToken.None), LastWords).ConfigureAwait(false);
            var isLost = renewal.Lost.IsCancellationRequested;
            await WithinAsync(
                Task.Run(() => keeper.End(loop, current.Inventory, isLost ? "lost to another watcher" : ending), CancellationToken.None), LastWords)
                .ConfigureAwait(false);
            await DisposeRetiredAsync(everything: true).ConfigureAwait(false);
        }

        if (renewal.Lost.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw keeper.LeaseLost();
        }
    }

    /// <summary>Checks every site once, confirms what fails, lets those who listen do what is due, and says what is held of each site on its active host.</summary>
    /// <exception cref="HostingException">WatcherBusy, StateUnavailable, StateCorrupt.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; what was seen until then is kept.</exception>
    public async Task<IReadOnlyList<SiteWatchChange>> RunOnceAsync(CancellationToken cancellationToken)
    {
        using var lease = keeper.Begin(current.Inventory, isSingle: true);
        using var renewal = lease.KeepRenewed(parts.Time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, renewal.Lost);
        var ending = "stopped";
        try
        {
            using (loop = NewLoop(once: true))
            {
                var inventory = current.Inventory;
                var known = keeper.Routing(inventory);
                if (await routing.ReadAsync(known, names: null, stop.Token).ConfigureAwait(false) is { } read)
                {
                    known = read;
                    keeper.SaveRouting(inventory, known);
                }

                keeper.ReadPauses(inventory);
                var before = keeper.Verdicts(inventory);
                loop.Watch(inventory, known, before);
                var saving = keeper.RunAsync(loop, () => inventory, stop.Token);
                await loop.RunAsync(stop.Token).ConfigureAwait(false);
                await SettleAsync(Timeout.InfiniteTimeSpan, stop.Token).ConfigureAwait(false);
                ending = "done";
                return [.. ((IWatchView)this).Snapshot().Targets.Where(target => target.Target.Role == WatchRole.Active || !known.ContainsKey(target.Target.Site.Name))
                    .Select(target => WatchChanges.Of(target, before))];
            }
        }
        catch (OperationCanceledException) when (renewal.Lost.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw keeper.LeaseLost();
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            keeper.End(loop, current.Inventory, ending);
        }
    }

    /// <inheritdoc/>
    WatcherSnapshot IWatchView.Snapshot() => Loop.Snapshot(new WatcherSnapshot
    {
        At = default,
        StartedAt = default,
        Inventory = current.Inventory,
        InventoryReadAt = readAt,
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
            AskObserverAsync = token => parts.AskObserverAsync(current.Inventory, token),
        },
        parts.Time);

    private void Rerouted(IReadOnlyDictionary<string, string> known)
    {
        var inventory = current.Inventory;
        Loop.Watch(inventory, known, NothingRemembered);
        keeper.SaveRouting(inventory, known);
    }

    private void Reopened(HostingWorkspace? workspace)
    {
        if (workspace is not null)
        {
            // A failover may still be under way with the one before; it is closed when that must be over.
            lock (retired)
            {
                retired.Add((current, parts.Time.GetTimestamp()));
            }

            current = workspace;
            readAt = parts.Time.GetUtcNow();
            keeper.ReadPauses(workspace.Inventory);
            var (known, remembered) = keeper.Remembered(workspace.Inventory);
            Loop.Watch(workspace.Inventory, known, remembered);
            keeper.Forget();
            routing.AskAll();
        }

        Tell(WatchMoment.Reloaded);
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
                parts.Reporter.Warning($"{listener.GetType().Name} failed and begins again: {error.GetType().Name}: {error.Message}");
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
            catch (Exception error) when (!cancellationToken.IsCancellationRequested)
            {
                parts.Reporter.Warning($"{listener.GetType().Name} could not do all that was due: {error.Message}");
            }
        }
    }

    private async Task DisposeRetiredAsync(bool everything)
    {
        List<(HostingWorkspace Workspace, long At)> over;
        lock (retired)
        {
            over = retired.FindAll(old => everything || parts.Time.GetElapsedTime(old.At) > RetiredOpen);
            retired.RemoveAll(over.Contains);
        }

        foreach (var old in over)
        {
            if (!ReferenceEquals(old.Workspace, parts.Workspace))
            {
                await old.Workspace.DisposeAsync().ConfigureAwait(false);
            }
        }

        if (everything && !ReferenceEquals(current, parts.Workspace))
        {
            await current.DisposeAsync().ConfigureAwait(false);
        }
    }

    private void Tell(WatchMoment moment) => options.Moment?.Invoke(moment);

    // The first that ends, by a fault or by the end of all.
    private static async Task EndOfAsync(List<Task> work, CancellationToken cancellationToken)
    {
        try
        {
            await (await Task.WhenAny(work).ConfigureAwait(false)).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The normal end.
        }
    }

    private async Task WithinAsync(Task task, TimeSpan limit)
    {
        try
        {
            await task.WaitAsync(limit, parts.Time).ConfigureAwait(false);
        }
        catch (Exception error) when (error is OperationCanceledException or TimeoutException)
        {
            // Cancelled, as it should be; or left behind, since the process has to end now.
        }
        catch (Exception error)
        {
            parts.Reporter.Warning($"At the end of the watch: {error.Message}");
        }
    }
}
