using HostingOps.Engine.Alerts;
using HostingOps.Engine.Alerts.Outbox;
using HostingOps.Engine.State;

namespace HostingOps.Engine.Watch.Incidents;

/// <summary>
/// Follows a watcher, makes incidents of what it holds, has people told, and sends the alerts of everybody. Incidents and the
/// alerts that follow from them are written in one transaction: after a crash nothing is told twice, and nothing is lost.
/// </summary>
/// <param name="room">The alerts.</param>
/// <param name="time">The clock.</param>
/// <param name="timing">How long to wait for what.</param>
internal sealed class IncidentDesk(AlertRoom room, TimeProvider time, IncidentTiming? timing = null) : IWatchListener
{
    // Many verdicts change together when a host dies.
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan WhilePending = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Routine = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ReminderInterval = TimeSpan.FromMinutes(1);

    private readonly IncidentTiming timing = timing ?? IncidentTiming.Default;
    private readonly OperationIdSource ids = new(time);
    private readonly SemaphoreSlim turn = new(1, 1);
    private readonly SemaphoreSlim changed = new(0, 1);
    private readonly object gate = new();
    private IReadOnlyList<IncidentEntry> held = [];
    private bool isLoaded;
    private DateTimeOffset? remindedAt;
    private bool isWritten = true;
    private IncidentChanges unwritten = IncidentChanges.None;

    /// <summary>Whether settling sends what waits; where others post after it, they are sent by <see cref="LastAlerts"/>.</summary>
    public bool SendsWhenSettled { get; init; } = true;

    /// <summary>The incidents that last, as they are known here.</summary>
    public IReadOnlyList<HostingIncident> Open => held.Where(static entry => entry is { IsOpen: true, IsTold: true }).Select(static entry => entry.Incident).ToList();

    /// <inheritdoc/>
    public string Title => "The keeping of incidents";

    /// <inheritdoc/>
    public void Checked(TargetCheck check)
    {
    }

    /// <inheritdoc/>
    public void Changed(VerdictChange change)
    {
        lock (gate)
        {
            if (change.IsUrgent && changed.CurrentCount == 0)
            {
                changed.Release();
            }
        }
    }

    /// <inheritdoc/>
    public async Task RunAsync(IWatchView view, CancellationToken cancellationToken)
    {
        room.Follow(() => view.Workspace.Inventory);
        // The state database is read and written here; whoever begins this is not to wait for that.
        await Task.Yield();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var sending = room.Dispatcher.RunAsync(either.Token);
        var following = FollowAsync(view, either.Token);
        try
        {
            // When either fails, both begin again: incidents that nobody is told of are of no use.
            await Task.WhenAny(sending, following).ConfigureAwait(false);
        }
        finally
        {
            await either.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(sending, following).ConfigureAwait(false);
        }
    }

    private async Task FollowAsync(IWatchView view, CancellationToken cancellationToken)
    {
        try
        {
            while (!cancellationToken.IsCancellationRequested)
            {
                await TurnAsync(view, timing, cancellationToken).ConfigureAwait(false);
                await WaitAsync(held.Any(static entry => entry is { IsOpen: true, IsTold: false }) ? WhilePending : Routine, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Its normal end.
        }
    }

    /// <inheritdoc/>
    public async Task SettleAsync(IWatchView view, CancellationToken cancellationToken)
    {
        room.Follow(() => view.Workspace.Inventory);
        await TurnAsync(view, timing with { Group = TimeSpan.Zero, Slow = TimeSpan.Zero }, cancellationToken).ConfigureAwait(false);
        if (SendsWhenSettled)
        {
            await room.Dispatcher.SettleAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>One look, with what follows from it posted.</summary>
    internal async Task TurnAsync(IWatchView view, IncidentTiming waits, CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var snapshot = view.Snapshot();
            held = isLoaded ? held : Load(snapshot.Inventory);
            var next = IncidentBook.Turn(
                held, TroubleFinder.Find(snapshot, isWritten ? null : "The state database can't be written: incidents are not remembered after a restart."), waits, ids.Next);
            var path = snapshot.Inventory.Path;
            var now = snapshot.At;
            var isTimeToRemind = remindedAt is null || now - remindedAt >= ReminderInterval;
            var news = next.News.Select(news => IncidentAlerts.Of(news, path, now)).ToList();
            var reminders = isTimeToRemind
                ? next.Held.Where(entry => entry is { IsOpen: true, IsTold: true } && next.News.All(news => news.Entry.Incident.Id != entry.Incident.Id)).Select(entry => IncidentAlerts.Reminder(entry, path, now)).ToList()
                : [];
            var changes = IncidentChanges.Between(held, next);
            held = next.Held;
            if (isTimeToRemind)
            {
                remindedAt = now;
            }

            if (changes.IsEmpty && news.Count == 0 && reminders.Count == 0 && isWritten)
            {
                return;
            }

            // After a failure everything is written again, for it is not known what is there.
            var save = isWritten ? changes : unwritten.Then(changes, next.Held);
            isWritten = room.Outbox.Commit((transaction, scope) => IncidentRegister.Save(transaction, scope, save, now), news, reminders);
            unwritten = isWritten ? IncidentChanges.None : save;
        }
        finally
        {
            turn.Release();
        }
    }

    // What was told while the state database was out of reach goes on under the id that is remembered there.
    private List<IncidentEntry> Load(HostingInventory inventory)
    {
        IReadOnlyList<IncidentEntry> known = [];
        isLoaded = room.Outbox.Try(state => known = new IncidentRegister(state, AlertScope.Of(inventory)).Held(time.GetUtcNow() - timing.HoldDown));
        isWritten &= isLoaded;
        var here = held.ToLookup(static entry => entry.Key);
        var there = known.Where(static entry => entry.IsOpen).Select(static entry => entry.Key).ToHashSet();
        return
        [
            .. known.Select(entry => entry.IsOpen && here[entry.Key].Any(static own => own is { IsOpen: true, IsTold: true }) ? entry with { IsTold = true } : entry),
            .. held.Where(entry => !entry.IsOpen || !there.Contains(entry.Key)),
        ];
    }

    private async Task WaitAsync(TimeSpan longest, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var signal = changed.WaitAsync(either.Token);
        var first = await Task.WhenAny(signal, Task.Delay(longest, time, either.Token)).ConfigureAwait(false);
        await either.CancelAsync().ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        if (first == signal)
        {
            await Task.Delay(Breath, time, cancellationToken).ConfigureAwait(false);
        }
    }
}
