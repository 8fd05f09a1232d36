using HostingOps.Engine.State;

namespace HostingOps.Engine.Watch.Automatic;

/// <summary>
/// Operations that were cut off: what a watcher began is finished exactly once, by the journal; what a person began is only told. What
/// ended without anybody being told, because its process died or another one finished it, is told as well.
/// </summary>
internal sealed class CutOffMoves(AutomaticRoom room)
{
    // As long as an alert would have been tried.
    private static readonly TimeSpan News = TimeSpan.FromDays(1);

    /// <summary>Finishes what can be finished now.</summary>
    /// <param name="underWay">The sites that an operation of this process is at work on.</param>
    /// <param name="cancellationToken">Stops where it is.</param>
    /// <returns>Whether something is left that has to be looked at again later.</returns>
    public async Task<bool> FinishAsync(Func<IReadOnlySet<string>> underWay, CancellationToken cancellationToken)
    {
        try
        {
            var mover = room.Mover();
            var open = await mover.CutOffAsync(cancellationToken).ConfigureAwait(false);
            var left = false;
            foreach (var operation in open.GroupBy(static entry => entry.OperationId, StringComparer.Ordinal).OrderBy(static group => group.First().StartedAt))
            {
                left |= OperatorIdentity.IsWatcher(operation.First().By)
                    ? await FinishAsync(mover, [.. operation], cancellationToken).ConfigureAwait(false)
                    : Tell([.. operation], "A person began it, so a person decides.", mover.Inventory.Path);
            }

            await TellEndedAsync(mover, underWay, cancellationToken).ConfigureAwait(false);
            return left;
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            room.Reporter.Warning($"Operations that were cut off could not be looked for: {error.Message}");
            return true;
        }
    }

    private async Task<bool> FinishAsync(ISiteMover mover, FailoverHistoryEntry[] sites, CancellationToken cancellationToken)
    {
        var looks = SiteLooks.Of(room.View);
        var automatic = mover.Inventory.Sites.Where(static site => site.Policy.Automatic).Select(static site => site.Name).ToHashSet(StringComparer.Ordinal);
        var ready = sites.Where(entry => IsSent(entry) || (automatic.Contains(entry.SiteName) && IsDecided(entry, looks))).ToArray();
        if (sites.Where(entry => !IsSent(entry) && !automatic.Contains(entry.SiteName)).ToArray() is { Length: > 0 } byHand)
        {
            Tell(byHand, "By the inventory it is not to be moved by itself any more, so a person decides.", mover.Inventory.Path);
        }

        var left = sites.Any(entry => automatic.Contains(entry.SiteName) && !ready.Contains(entry));
        if (ready.Length == 0)
        {
            return left;
        }

        var operation = ready[0];
        var names = ready.Select(static entry => entry.SiteName).ToArray();
        var results = new List<FailoverResult>();
        try
        {
            await foreach (var result in mover.ResumeAsync(operation.OperationId, names, cancellationToken).ConfigureAwait(false))
            {
                results.Add(result);
            }

            if (ready.Where(entry => results.Any(result => result.SiteName == entry.SiteName && result.Outcome == FailoverOutcome.Unknown)).ToArray() is { Length: > 0 } unknown)
            {
                left = true;
                Tell(unknown, "Whether the records were changed could still not be found out; it is tried again.", mover.Inventory.Path);
            }
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            left = true;
            Tell(ready, $"It could not be finished: {error.Message}", mover.Inventory.Path);
        }

        room.TellMoved(results.Where(MoveOutcomes.IsMoved), mover.Inventory.Path);

        // What ended without a move is open to a new one, with its own gates and its own alert.
        foreach (var result in results)
        {
            room.Reporter.Verbose($"{result.SiteName}: operation {operation.OperationId} taken up again: {result.Outcome}. {result.Reason}");
        }

        room.View.ReadRoutingSoon(names);
        return left;
    }

    // The end of operations that were told as cut off, and the moves of watchers that nobody was told of.
    private async Task TellEndedAsync(ISiteMover mover, Func<IReadOnlySet<string>> underWay, CancellationToken cancellationToken)
    {
        // A site that is being moved now is told by its move, with the others of its operation.
        var busy = underWay();
        var since = room.Time.GetUtcNow() - News;
        var recent = await mover.HistoryAsync([.. mover.Inventory.Sites.Select(static site => site.Name)], since, cancellationToken).ConfigureAwait(false);
        busy = busy.Concat(underWay()).ToHashSet(StringComparer.Ordinal);
        var untold = recent
            .Where(entry => OperatorIdentity.IsWatcher(entry.By) && entry.Outcome is FailoverOutcome.Succeeded or FailoverOutcome.SwitchedWithWarnings
                && entry.EndedAt >= since && !busy.Contains(entry.SiteName) && !room.Memory.HasToldMoved(entry.OperationId, entry.SiteName))
            .GroupBy(static entry => entry.OperationId, StringComparer.Ordinal)
            .SelectMany(operation => mover.SitesTold(MoveAlerts.MovedId(operation.Key)) is { } told ? operation.Where(entry => !told.Contains(entry.SiteName)) : []);
        room.TellMoved([.. untold.Select(Result)], mover.Inventory.Path);

        room.Notices.Load(mover.OpenNotices);
        if (room.Notices.Open.Where(MoveAlerts.IsCutOff).SelectMany(static notice => notice.Sites).Distinct(StringComparer.Ordinal).ToArray() is { Length: > 0 } cutOff)
        {
            var newest = (await mover.HistoryAsync(cutOff, DateTimeOffset.MinValue, cancellationToken).ConfigureAwait(false)).DistinctBy(static entry => entry.SiteName);
            var open = newest.Where(static entry => entry.Resumable).Select(static entry => MoveAlerts.CutOffId(entry.OperationId)).ToHashSet(StringComparer.Ordinal);
            room.Notices.End(
                notice => MoveAlerts.IsCutOff(notice) && !open.Contains(notice.IncidentId) ? "The operation has ended. Get-SiteFailoverHistory shows how." : null,
                room.Alerts,
                room.Time.GetUtcNow());
        }
    }

    private static FailoverResult Result(FailoverHistoryEntry entry) => new()
    {
        OperationId = entry.OperationId,
        SiteName = entry.SiteName,
        Kind = entry.Kind,
        Outcome = entry.Outcome,
        Reason = entry.Reason,
        From = entry.From,
        To = entry.To,
        StartedAt = entry.StartedAt,
        EndedAt = entry.EndedAt,
    };

    // What was sent to Route 53 is only looked up and proven, whatever the site does now.
    private static bool IsSent(FailoverHistoryEntry entry) => entry.LastStep >= FailoverStep.Switch;

    // What was not may be switched by the resume, when its gates agree: so not while the watcher itself is undecided, or nothing
    // is to be concluded. A site that is healthy again passes no gate, and its operation ends.
    private static bool IsDecided(FailoverHistoryEntry entry, SiteLooks looks) =>
        looks.Active(entry.SiteName)?.Verdict.State is WatchState.Down or WatchState.Healthy;

    private bool Tell(FailoverHistoryEntry[] sites, string why, string? inventoryPath)
    {
        room.TellOnce(MoveAlerts.CutOff(sites, why, room.Time.GetUtcNow(), inventoryPath), sites[0].OperationId);
        return false;
    }
}
