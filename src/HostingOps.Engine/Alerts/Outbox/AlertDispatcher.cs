using HostingOps.Engine.Alerts.Sending;
using HostingOps.Engine.State;

namespace HostingOps.Engine.Alerts.Outbox;

/// <summary>
/// Sends what waits in the outbox. Each channel has a queue of its own, so that one that hangs holds up no other. A delivery is claimed
/// before it is sent: processes of one state database never send it at the same time. When one dies between sending and writing that
/// down, it is sent once more, under the same key.
/// </summary>
/// <param name="outbox">What waits.</param>
/// <param name="sender">Hands it over.</param>
/// <param name="reporter">Is told who could not be reached.</param>
/// <param name="time">The clock.</param>
/// <param name="random">What spreads the waits.</param>
internal sealed class AlertDispatcher(AlertOutbox outbox, IAlertSender sender, IOperationReporter reporter, TimeProvider time, Random random)
{
    // Longer than any sender takes.
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    // For the rows that another process has posted, which wakes nobody here.
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan ShortestWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan SettlePatience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan PruneInterval = TimeSpan.FromMinutes(10);

    private readonly Queue<Action> unwritten = new();

    /// <summary>Sends until it is cancelled, which is its normal end.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        // The state database is read here; whoever begins this is not to wait for that.
        await Task.Yield();
        var workers = new Dictionary<string, Task>(StringComparer.Ordinal);
        DateTimeOffset? prunedAt = null;
        try
        {
            while (!cancellationToken.IsCancellationRequested)
            {
                outbox.Rescue();
                outbox.Look();
                var now = time.GetUtcNow();
                if (prunedAt is null || now - prunedAt >= PruneInterval)
                {
                    prunedAt = now;
                    Prune();
                }

                foreach (var (name, _) in ChannelNames.Of(outbox.Inventory.Notifications))
                {
                    if (!workers.TryGetValue(name, out var worker) || worker.IsCompleted)
                    {
                        workers[name] = DrainAsync(name, asOf: null, cancellationToken);
                    }
                }

                await outbox.WaitAsync(UntilNextDue(), cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Its normal end.
        }
        finally
        {
            await Task.WhenAll(workers.Values).ConfigureAwait(false);
        }
    }

    /// <summary>Tries each due delivery once, all channels at the same time, within a bounded time; what is left waits for the next run.</summary>
    public async Task SettleAsync(CancellationToken cancellationToken)
    {
        outbox.Rescue();
        outbox.Look();
        Prune();
        using var deadline = new CancellationTokenSource(SettlePatience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        var asOf = time.GetUtcNow();
        await Task.WhenAll(ChannelNames.Of(outbox.Inventory.Notifications).Select(channel => DrainAsync(channel.Name, asOf, either.Token))).ConfigureAwait(false);
        outbox.Rescue();
        cancellationToken.ThrowIfCancellationRequested();
    }

    /// <summary>
    /// Posts an alert, unless it was posted before and nobody could be told yet, and tries at once, whatever waits there are.
    /// </summary>
    /// <returns>Whether anybody was told, now or before; null when nobody is to be told. What failed waits in the outbox.</returns>
    public async Task<bool?> TellAsync(HostingAlert alert, CancellationToken cancellationToken)
    {
        var outcomes = Outcomes(alert);
        if (outcomes.Count == 0)
        {
            outbox.Post(alert);
        }

        var sent = await Task.WhenAll(ChannelNames.Of(outbox.Inventory.Notifications)
            .Where(channel => AlertRouting.Wants(channel.Channel, alert, static () => true))
            .Select(async channel => await SendNextAsync(channel.Name, alert.IncidentId, time.GetUtcNow(), cancellationToken).ConfigureAwait(false) == true)).ConfigureAwait(false);
        outcomes = Outcomes(alert);
        return sent.Contains(true) || outcomes.Contains(AlertDeliveryOutcome.Sent) ? true
            : outcomes.Count > 0 || sent.Length > 0 ? false
            : null;
    }

    /// <summary>Sends a claimed delivery's channel what it waits for, once.</summary>
    /// <returns>Whether it was sent; null when there was nothing.</returns>
    public async Task<bool?> SendNextAsync(string name, string? incidentId, DateTimeOffset asOf, CancellationToken cancellationToken)
    {
        if (Claim(name, incidentId, asOf) is not var (store, delivery))
        {
            return null;
        }

        var channel = ChannelNames.Of(outbox.Inventory.Notifications).FirstOrDefault(channel => channel.Name == name).Channel;
        DeliveryAnswer answer;
        try
        {
            answer = channel is null
                ? DeliveryAnswer.Later("the inventory no longer has this channel")
                : await sender.SendAsync(channel, delivery.Alert, delivery.Key, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            Write(store, () => store.Release(delivery.Id));
            return false;
        }

        var now = time.GetUtcNow();
        var next = now + DeliveryWaits.After(delivery.Attempts, answer.RetryAfter, random);
        var isOver = answer.IsFinal || next > delivery.PostedAt + DeliveryWaits.Age;
        var outcome = answer.IsSent ? AlertDeliveryOutcome.Sent : isOver ? AlertDeliveryOutcome.Undelivered : AlertDeliveryOutcome.Waiting;
        Write(store, () => store.End(delivery.Id, outcome, answer.Text, now, outcome == AlertDeliveryOutcome.Waiting ? next : null));
        if (outcome != AlertDeliveryOutcome.Waiting)
        {
            outbox.Ended(delivery.Key);
        }

        Say(name, channel, delivery, answer, outcome, next - now);
        return answer.IsSent;
    }

    private async Task DrainAsync(string name, DateTimeOffset? asOf, CancellationToken cancellationToken)
    {
        // The first claim, too, must not hold up the loop that begins the others.
        await Task.Yield();
        try
        {
            while (!cancellationToken.IsCancellationRequested
                && await SendNextAsync(name, null, asOf ?? time.GetUtcNow(), cancellationToken).ConfigureAwait(false) is not null)
            {
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // One channel must not stop the others; it begins again with the next look.
            reporter.Warning($"The notification channel {name} stood still and begins again: {exception.GetType().Name}: {exception.Message}");
        }
    }

    private (IDeliveryStore Store, Delivery Delivery)? Claim(string name, string? incidentId, DateTimeOffset asOf)
    {
        // Whatever waits in memory was posted before what the database has of the same incident: see AlertOutbox.Commit.
        if (outbox.Memory.Claim(name, incidentId, asOf, Lease, outbox.MustWait) is { } kept)
        {
            return (outbox.Memory, kept);
        }

        Delivery? claimed = null;
        AlertRegister? register = null;
        outbox.Try(state =>
        {
            // What was sent must be written down before anything is claimed: it could be claimed again.
            lock (unwritten)
            {
                while (unwritten.TryPeek(out var write))
                {
                    write();
                    unwritten.Dequeue();
                }
            }

            register = new AlertRegister(state, AlertScope.Of(outbox.Inventory));
            claimed = register.Claim(name, incidentId, asOf, Lease);
        });
        return claimed is not null ? (register!, claimed) : null;
    }

    private void Write(IDeliveryStore store, Action write)
    {
        if (store == outbox.Memory)
        {
            write();
        }
        else if (!outbox.Try(_ => write()))
        {
            lock (unwritten)
            {
                unwritten.Enqueue(write);
            }
        }
    }

    private IReadOnlyList<AlertDeliveryOutcome> Outcomes(HostingAlert alert)
    {
        IReadOnlyList<AlertDeliveryOutcome> outcomes = [];
        outbox.Try(state => outcomes = new AlertRegister(state, AlertScope.Of(outbox.Inventory)).Outcomes(alert.IncidentId, alert.Event));
        return outcomes;
    }

    private void Prune() => outbox.Try(state => new AlertRegister(state, AlertScope.Of(outbox.Inventory))
        .Prune(time.GetUtcNow() - DeliveryWaits.Age, ChannelNames.Of(outbox.Inventory.Notifications).Select(static channel => channel.Name).ToArray()));

    private TimeSpan UntilNextDue()
    {
        DateTimeOffset? next = null;
        outbox.Try(_ => next = outbox.Register()?.NextDue());
        var kept = outbox.Memory.NextDue();
        next = next is null || kept < next ? kept ?? next : next;
        var wait = next is { } due ? due - time.GetUtcNow() : LongestWait;
        return wait < ShortestWait ? ShortestWait : wait > LongestWait ? LongestWait : wait;
    }

    private void Say(string name, NotificationChannel? channel, Delivery delivery, DeliveryAnswer answer, AlertDeliveryOutcome outcome, TimeSpan wait)
    {
        var place = channel is null ? name : $"{name} ({channel.Place})";
        if (outcome == AlertDeliveryOutcome.Sent)
        {
            reporter.Verbose($"The notification channel {place} was told '{delivery.Alert.Title}': {answer.Text}.");
        }
        else if (outcome == AlertDeliveryOutcome.Undelivered)
        {
            reporter.Warning($"The notification channel {place} was not told '{delivery.Alert.Title}', and is not tried again: {answer.Text}. Get-HostingAlert -Undelivered lists it.");
        }
        else if (delivery.Attempts == 1)
        {
            reporter.Warning(FormattableString.Invariant($"The notification channel {place} was not told '{delivery.Alert.Title}': {answer.Text}. It is tried again."));
        }
        else
        {
            reporter.Verbose(FormattableString.Invariant($"The notification channel {place} was not told '{delivery.Alert.Title}' at try {delivery.Attempts}: {answer.Text}. Next in {wait.TotalSeconds:0} s."));
        }
    }
}
