using HostingOps.Engine.State;
using HostingOps.Engine.Watch.Verdicts;

namespace HostingOps.Engine.Watch;

/// <content>A single run, for cron and scheduled tasks.</content>
public sealed partial class SiteWatcher
{
    /// <summary>Checks every site once, confirms what fails, lets those who listen do what is due, and says what is held of each site on its active host.</summary>
    /// <exception cref="HostingException">WatcherBusy, StateUnavailable, StateCorrupt.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; what was seen until then is kept.</exception>
    public async Task<IReadOnlyList<SiteWatchChange>> RunOnceAsync(CancellationToken cancellationToken)
    {
        var lease = keeper.Begin(Current.Inventory, isSingle: true);
        var renewal = lease.KeepRenewed(parts.Time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, renewal.Lost);
        var ending = "stopped";
        var saving = Task.CompletedTask;
        try
        {
            loop = NewLoop(once: true);
            var inventory = Current.Inventory;
            var known = keeper.Routing(inventory);
            if (await routing.ReadAsync(known, names: null, stop.Token).ConfigureAwait(false) is { } read)
            {
                known = read;
                keeper.SaveRouting(inventory, known);
            }

            keeper.ReadPauses(() => inventory);
            var before = keeper.Verdicts(inventory);
            loop.Watch(inventory, known, before);
            saving = keeper.RunAsync(loop, () => inventory, stop.Token);
            await loop.RunAsync(stop.Token).ConfigureAwait(false);
            await SettleAsync(Timeout.InfiniteTimeSpan, stop.Token).ConfigureAwait(false);
            known = await LookAfterMovesAsync(loop, inventory, known, stop.Token).ConfigureAwait(false);
            ending = "done";
            return [.. ((IWatchView)this).Snapshot().Targets.Where(target => target.Target.Role == WatchRole.Active || !known.ContainsKey(target.Target.Site.Name))
                .Select(target => WatchChanges.Of(target, before))];
        }
        catch (OperationCanceledException) when (renewal.Lost.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            ending = "lost to another watcher";
            throw keeper.LeaseLost();
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            ending = $"failed: {error.Message}";
            throw;
        }
        finally
        {
            if (cancellationToken.IsCancellationRequested)
            {
                parts.State.Hurry();
            }

            // What it saves late must not come after the last words and be older than they are.
            await stop.CancelAsync().ConfigureAwait(false);
            await WithinAsync(() => saving, Timeout.InfiniteTimeSpan).ConfigureAwait(false);
            await GiveBackAsync(lease, renewal, ending, Timeout.InfiniteTimeSpan).ConfigureAwait(false);
        }
    }

    // A site that was moved is spoken of as it is where it is now.
    private async Task<IReadOnlyDictionary<string, string>> LookAfterMovesAsync(
        WatchLoop round, HostingInventory inventory, IReadOnlyDictionary<string, string> known, CancellationToken cancellationToken)
    {
        var names = routing.TakeAsked();
        if (names.Count == 0 || await routing.ReadAsync(known, names, cancellationToken).ConfigureAwait(false) is not { } read)
        {
            return known;
        }

        keeper.SaveRouting(inventory, read);
        round.Watch(inventory, read, NothingRemembered);
        round.CheckSoon(names.Where(name => read.GetValueOrDefault(name) is { } host && known.GetValueOrDefault(name) != host).Select(name => read[name]).ToHashSet());
        await round.RunAsync(cancellationToken).ConfigureAwait(false);
        return read;
    }
}
