using System.Collections.Concurrent;
using HostingOps.Engine.State;

namespace HostingOps.Engine.Alerts.Outbox;

/// <summary>
/// Takes alerts: a row for each channel in the state database, in one short transaction. When that can't be written, they are kept
/// in memory, sent all the same, and written down as soon as it can be again. It has a connection of its own, which waits a second for a
/// lock and no longer: who posts is never held up.
/// </summary>
/// <param name="inventory">The inventory in use, which may be another one after a reload.</param>
/// <param name="open">Opens the state database.</param>
/// <param name="reporter">Is told when the database can't be written.</param>
/// <param name="time">The clock.</param>
internal sealed class AlertOutbox(Func<HostingInventory> inventory, Func<StateDatabase> open, IOperationReporter reporter, TimeProvider time) : IAlertSink, IDisposable
{
    private static readonly TimeSpan OpenAgainAfter = TimeSpan.FromSeconds(10);

    private readonly object gate = new();

    // What goes from memory into the database must not change places with what is posted meanwhile.
    private readonly object order = new();
    private readonly OperationIdSource ids = new(time);

    // What waits in the database, as far as is known here: it may be away when the end of it is told.
    private readonly ConcurrentDictionary<string, (string Channel, string IncidentId)> waiting = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim posted = new(0, 1);
    private StateDatabase? database;
    private long failedAt;
    private HostingException? failure;
    private bool isSaid;
    private bool isDisposed;

    /// <summary>The inventory in use.</summary>
    public HostingInventory Inventory => inventory();

    /// <summary>What could not be written down.</summary>
    public MemoryDeliveries Memory { get; } = new();

    /// <summary>How many deliveries wait in the database to be sent, as far as is known here.</summary>
    public int Waiting => waiting.Count;

    /// <inheritdoc/>
    public void Post(HostingAlert alert) => Commit(null, [alert], []);

    /// <summary>
    /// Writes what a caller has to remember together with the alerts that follow from it, so that a crash leaves both or neither.
    /// </summary>
    /// <param name="work">Writes the caller's own rows, or null.</param>
    /// <param name="alerts">Alerts to post.</param>
    /// <param name="reminders">Alerts to post to the channels that were told of their incident as long ago as they want to hear of it again.</param>
    /// <returns>Whether it is written down.</returns>
    public bool Commit(Action<StateTransaction, string>? work, IReadOnlyList<HostingAlert> alerts, IReadOnlyList<HostingAlert> reminders)
    {
        lock (order)
        {
            var isWritten = Write(work, alerts, reminders);
            Wake();
            return isWritten;
        }
    }

    private bool Write(Action<StateTransaction, string>? work, IReadOnlyList<HostingAlert> alerts, IReadOnlyList<HostingAlert> reminders)
    {
        var current = inventory();
        var scope = AlertScope.Of(current);
        var channels = ChannelNames.Of(current.Notifications);
        var now = time.GetUtcNow();
        Rescue();

        // What waits in memory comes before what is told of the same incident now.
        var ahead = Memory.WaitingIncidents();
        List<Delivery> later = [];
        List<Delivery> written = [];
        var isWritten = Try(state =>
        {
            var register = new AlertRegister(state, scope);
            state.Write(transaction =>
            {
                work?.Invoke(transaction, scope);
                var posted = alerts
                    .SelectMany(alert => Deliveries(alert, channels, now, name => register.LastPosted(transaction, name, alert.IncidentId) is not null || Memory.Knows(name, alert.IncidentId) || !register.IsKnown(transaction, alert.IncidentId)))
                    .ToLookup(delivery => ahead.Contains(delivery.Alert.IncidentId));
                later = posted[true].ToList();
                written = [.. posted[false], .. reminders.SelectMany(alert => Deliveries(alert, channels.Where(channel => IsToRemind(register, transaction, channel, alert, now)), now, static _ => true))];
                register.Add(transaction, written, current.Path);
            });
        });
        var kept = isWritten ? later : alerts.SelectMany(alert => Deliveries(alert, channels, now, static _ => true)).ToList();
        Memory.Add(kept, now);
        if (isWritten)
        {
            Note(written);
        }

        return isWritten;
    }

    /// <summary>Writes down what had to be kept in memory, as soon as that can be done.</summary>
    public void Rescue()
    {
        if (Memory.IsEmpty)
        {
            return;
        }

        lock (order)
        {
            var current = inventory();
            var kept = Memory.TakeFree(time.GetUtcNow());
            if (kept.Count > 0 && !Try(state => state.Write(transaction => new AlertRegister(state, AlertScope.Of(current)).Add(transaction, kept, current.Path))))
            {
                Memory.PutBack(kept);
                return;
            }

            Note(kept.Where(static one => one.EndedAt is null).Select(static one => one.Delivery));
        }
    }

    /// <summary>Learns what waits in the database, also what other processes posted.</summary>
    public void Look()
    {
        lock (order)
        {
            IReadOnlyList<(string Key, string Channel, string IncidentId)> there = [];
            if (Try(state => there = new AlertRegister(state, AlertScope.Of(inventory())).Waiting()))
            {
                waiting.Clear();
                foreach (var (key, channel, incidentId) in there)
                {
                    waiting[key] = (channel, incidentId);
                }
            }
        }
    }

    /// <summary>Something that waited in the database waits no more.</summary>
    public void Ended(string key) => waiting.TryRemove(key, out _);

    /// <summary>
    /// Whether a delivery must stay in memory for now: nobody is told of the end of something whose beginning still waits in a database that is away.
    /// </summary>
    public bool MustWait(Delivery delivery) =>
        delivery.Alert.Event == AlertEvent.Recovered && waiting.Values.Contains((delivery.Channel, delivery.Alert.IncidentId));

    private void Note(IEnumerable<Delivery> written)
    {
        foreach (var delivery in written)
        {
            waiting[delivery.Key] = (delivery.Channel, delivery.Alert.IncidentId);
        }
    }

    /// <summary>The rows of the inventory in use, or null when the state database can't be used.</summary>
    public AlertRegister? Register()
    {
        AlertRegister? register = null;
        Try(state => register = new AlertRegister(state, AlertScope.Of(inventory())));
        return register;
    }

    /// <summary>Does something with the state database.</summary>
    /// <returns>Whether it could be done; if not, the reporter knows, once for each time that it fails anew.</returns>
    public bool Try(Action<StateDatabase> work)
    {
        try
        {
            work(Database());
            isSaid = false;
            return true;
        }
        catch (Exception exception) when (exception is HostingException or ObjectDisposedException)
        {
            if (!isSaid && !isDisposed)
            {
                isSaid = true;
                reporter.Warning($"Alerts can't be written down and are kept in memory until they are sent: {exception.Message}");
            }

            return false;
        }
    }

    /// <summary>Waits until something is posted, or for as long as given.</summary>
    public async Task WaitAsync(TimeSpan longest, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var signal = posted.WaitAsync(either.Token);
        await Task.WhenAny(signal, Task.Delay(longest, time, either.Token)).ConfigureAwait(false);
        await either.CancelAsync().ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
    }

    /// <summary>Has whoever waits look again.</summary>
    public void Wake()
    {
        lock (gate)
        {
            if (posted.CurrentCount == 0)
            {
                posted.Release();
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (gate)
        {
            isDisposed = true;
            database?.Dispose();
            database = null;
        }
    }

    private static bool IsToRemind(AlertRegister register, StateTransaction transaction, (string Name, NotificationChannel Channel) channel, HostingAlert alert, DateTimeOffset now) =>
        channel.Channel.Resend > TimeSpan.Zero
        && register.LastPosted(transaction, channel.Name, alert.IncidentId) is { } last
        && last + channel.Channel.Resend <= now
        && !register.IsWaiting(transaction, channel.Name, alert.IncidentId);

    private IEnumerable<Delivery> Deliveries(
        HostingAlert alert, IEnumerable<(string Name, NotificationChannel Channel)> channels, DateTimeOffset now, Func<string, bool> wasTold) =>
        channels
            .Where(channel => AlertRouting.Wants(channel.Channel, alert, () => wasTold(channel.Name)))
            .Select(channel => new Delivery(0, ids.Next(), channel.Name, alert, now, 0));

    private StateDatabase Database()
    {
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(isDisposed, this);
            if (database is not null)
            {
                return database;
            }

            if (failure is not null && time.GetElapsedTime(failedAt) < OpenAgainAfter)
            {
                throw failure;
            }

            try
            {
                return database = open();
            }
            catch (HostingException exception)
            {
                (failedAt, failure) = (time.GetTimestamp(), exception);
                throw;
            }
        }
    }
}
