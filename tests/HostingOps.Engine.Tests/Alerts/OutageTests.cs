using HostingOps.Engine.Alerts.Outbox;
using HostingOps.Engine.Alerts.Sending;
using HostingOps.Engine.State;
using HostingOps.Testing;
using static HostingOps.Engine.Tests.Alerts.AlertWorld;

namespace HostingOps.Engine.Tests.Alerts;

/// <summary>What is told while the state database, a row of it, or this machine is away.</summary>
public sealed class OutageTests : AlertTest
{
    [Fact]
    public async Task Without_a_state_database_a_receiver_that_wants_to_be_left_alone_is_and_its_tries_are_counted()
    {
        var path = Away();
        Web.Answer = static _ => WebReceiver.Status(429, "Retry-After: 120\r\n");
        var room = World.Room(Web.Channel());
        room.Post(Alert());
        for (var second = 0; second < 100; second++)
        {
            await room.Dispatcher.SettleAsync(default).WaitAsync(Eventually.Patience);
            World.Time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Single(Web.Requests);
        World.Time.Advance(TimeSpan.FromSeconds(21));
        await room.Dispatcher.SettleAsync(default).WaitAsync(Eventually.Patience);
        Assert.Equal(2, Web.Requests.Count);

        Back(path);
        await room.Dispatcher.SettleAsync(default).WaitAsync(Eventually.Patience);
        var row = Assert.Single(World.Rows(room));
        Assert.Equal((AlertDeliveryOutcome.Waiting, 2), (row.Outcome, row.Attempts));
        Assert.True(row.NextAttemptAt > World.Time.GetUtcNow().AddSeconds(60));
    }

    [Fact]
    public void A_state_database_that_was_away_is_looked_for_again_also_when_the_clock_was_set_back()
    {
        var path = Away();
        var room = World.Room(Web.Channel());
        room.Post(Alert());
        World.Time.Set(TimeSpan.FromHours(-2));
        Back(path);

        room.Outbox.Rescue();

        Assert.Single(World.Rows(room));
        Assert.True(room.Outbox.Memory.IsEmpty);
    }

    [Fact]
    public async Task What_is_refused_for_good_without_a_state_database_is_written_down_as_undelivered_when_it_is_back()
    {
        var path = Away();
        Web.Answer = static _ => WebReceiver.Status(403);
        var room = World.Room(Web.Channel());
        room.Post(Alert());
        await room.Dispatcher.SettleAsync(default).WaitAsync(Eventually.Patience);
        World.Time.Advance(TimeSpan.FromSeconds(30));
        await room.Dispatcher.SettleAsync(default).WaitAsync(Eventually.Patience);
        Assert.Single(Web.Requests);

        Back(path);
        await room.Dispatcher.SettleAsync(default).WaitAsync(Eventually.Patience);
        var row = Assert.Single(room.Outbox.Register()!.List(AlertDeliveryOutcome.Undelivered, 10));
        Assert.Contains("403", row.Answer, StringComparison.Ordinal);
        Assert.Equal(1, row.Attempts);
        Assert.True(room.Outbox.Memory.IsEmpty);
    }

    [Fact]
    public async Task A_recovery_does_not_overtake_what_was_kept_in_memory()
    {
        var path = Away();
        Web.Answer = static n => WebReceiver.Status(n == 1 ? 500 : 200);
        var room = World.Room(Web.Channel());
        room.Post(Alert("down"));
        await room.Dispatcher.SettleAsync(default).WaitAsync(Eventually.Patience);
        var claimed = room.Outbox.Memory.Claim("webhook", "01INCIDENT", World.Time.GetUtcNow(), TimeSpan.FromMinutes(2))!;
        Back(path);

        // It is on its way from memory while its end can be written down.
        room.Post(Alert("up", AlertEvent.Recovered));
        room.Outbox.Memory.Release(claimed.Id);
        for (var minute = 0; minute < 3; minute++)
        {
            World.Time.Advance(TimeSpan.FromMinutes(1));
            await room.Dispatcher.SettleAsync(default).WaitAsync(Eventually.Patience);
        }

        Assert.Equal(["down", "down", "up"], Web.Requests.Select(static request => request.Json.GetProperty("title").GetString()));
    }

    [Fact]
    public void What_follows_something_that_is_being_sent_stays_behind_it()
    {
        var memory = new MemoryDeliveries();
        var now = World.Time.GetUtcNow();
        memory.Add([new(0, "a", "c", Alert("down"), now, 0), new(0, "b", "c", Alert("up", AlertEvent.Recovered), now, 0), new(0, "d", "c", Alert("other", incident: "02"), now, 0)], now);
        var claimed = memory.Claim("c", "01INCIDENT", now, TimeSpan.FromMinutes(2))!;
        Assert.Null(memory.Claim("c", "01INCIDENT", now, TimeSpan.FromMinutes(2)));
        memory.Release(claimed.Id);
        Assert.Equal(("down", 1), memory.Claim("c", "01INCIDENT", now, TimeSpan.FromMinutes(2)) is { } again ? (again.Alert.Title, again.Attempts) : default);

        Assert.Equal("other", Assert.Single(memory.TakeFree(now)).Delivery.Alert.Title);
        Assert.Equal(2, memory.TakeFree(now.AddMinutes(2)).Count);
    }

    [Fact]
    public async Task What_waited_while_the_machine_was_off_is_tried_before_it_is_given_up()
    {
        World.Room(Web.Channel()).Post(Alert());
        World.Time.Advance(TimeSpan.FromDays(3));
        Web.Answer = static n => WebReceiver.Status(n == 1 ? 200 : 503);

        var room = World.Room(Web.Channel());
        await room.Dispatcher.SettleAsync(default).WaitAsync(Eventually.Patience);
        Assert.Equal(AlertDeliveryOutcome.Sent, Assert.Single(World.Rows(room)).Outcome);

        room.Post(Alert(incident: "02"));
        World.Time.Advance(TimeSpan.FromDays(3));
        await World.Room(Web.Channel()).Dispatcher.SettleAsync(default).WaitAsync(Eventually.Patience);
        var late = World.Rows(room)[1];
        Assert.Equal((AlertDeliveryOutcome.Undelivered, 1), (late.Outcome, late.Attempts));
        Assert.Contains("503", late.Answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_its_recovery_nothing_is_remembered_of_whom_memory_told()
    {
        var path = Away();
        var room = World.Room(Web.Channel(name: "all"), Web.Channel(name: "pager") with { MinSeverity = AlertSeverity.Critical });
        room.Post(Alert());
        await room.Dispatcher.SettleAsync(default).WaitAsync(Eventually.Patience);
        Back(path);
        room.Post(Alert("up", AlertEvent.Recovered));
        Assert.Equal(2, World.Rows(room).Count(static row => row.Alert.Event == AlertEvent.Recovered));
        room.Outbox.Try(static state => state.Write(static transaction => transaction.Execute("DELETE FROM alert_deliveries")));

        room.Post(Alert("again", severity: AlertSeverity.Warning));
        room.Post(Alert("up again", AlertEvent.Recovered));

        Assert.Equal(["all Down", "all Recovered"], World.Rows(room).Select(static row => $"{row.Channel} {row.Alert.Event}"));
    }

    [Fact]
    public async Task A_channel_that_fails_in_an_unforeseen_way_is_reported()
    {
        var room = World.Room(Web.Channel());
        room.Post(Alert());

        await new AlertDispatcher(room.Outbox, new Broken(), World.Said, World.Time, new Random(1)).SettleAsync(default).WaitAsync(Eventually.Patience);

        Assert.Contains(World.Said.Warnings, static warning => warning.Contains("webhook stood still and begins again: InvalidOperationException: unforeseen", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_a_state_database_alerts_are_sent_from_memory_and_written_down_as_soon_as_that_can_be()
    {
        var path = Away();
        Web.Answer = static n => WebReceiver.Status(n == 1 ? 500 : 200);
        var room = World.Room(Web.Channel());

        room.Post(Alert());
        await room.Dispatcher.SettleAsync(default).WaitAsync(Eventually.Patience);
        Assert.Equal("down", Assert.Single(Web.Requests).Json.GetProperty("event").GetString());
        Assert.Contains(World.Said.Warnings, static warning => warning.Contains("kept in memory", StringComparison.Ordinal));
        Back(path);
        await room.Dispatcher.SettleAsync(default).WaitAsync(Eventually.Patience);

        Assert.Equal(2, Web.Requests.Count);
        Assert.Equal(AlertDeliveryOutcome.Sent, Assert.Single(World.Rows(room)).Outcome);
        room.Post(Alert("up", AlertEvent.Recovered));
        await room.Dispatcher.SettleAsync(default).WaitAsync(Eventually.Patience);
        Assert.Equal(3, Web.Requests.Count);
        Assert.True(room.Outbox.Memory.IsEmpty);
    }

    [Fact]
    public async Task What_was_sent_and_could_not_be_written_down_is_not_sent_again_by_this_process()
    {
        var room = World.Room(Web.Channel());
        room.Post(Alert());
        Web.Answer = _ =>
        {
            // The database goes away while the answer is on its way.
            TakeAway();
            return WebReceiver.Status(200);
        };
        await room.Dispatcher.SettleAsync(default).WaitAsync(Eventually.Patience);
        Web.Answer = static _ => WebReceiver.Status(200);
        World.Time.Advance(TimeSpan.FromMinutes(3));
        BringBack();

        await room.Dispatcher.SettleAsync(default).WaitAsync(Eventually.Patience);

        Assert.Single(Web.Requests);
        Assert.Equal(AlertDeliveryOutcome.Sent, Assert.Single(World.Rows(room)).Outcome);
    }

    [Fact]
    public async Task A_recovery_waits_for_what_it_ends_in_a_database_that_is_away_and_others_do_not()
    {
        Web.Answer = static n => WebReceiver.Status(n == 1 ? 500 : 200);
        var before = World.Room(Web.Channel());
        before.Post(Alert("down"));
        await before.Dispatcher.SettleAsync(default).WaitAsync(Eventually.Patience);

        // The next process knows of it only what it has read.
        var room = World.Room(Web.Channel());
        await room.Dispatcher.SettleAsync(default).WaitAsync(Eventually.Patience);
        TakeAway();
        room.Post(Alert("up", AlertEvent.Recovered));
        room.Post(Alert("other up", AlertEvent.Recovered, incident: "02"));
        World.Time.Advance(TimeSpan.FromMinutes(1));
        await room.Dispatcher.SettleAsync(default).WaitAsync(Eventually.Patience);
        Assert.Equal(["down", "other up"], Titles());

        BringBack();
        await room.Dispatcher.SettleAsync(default).WaitAsync(Eventually.Patience);

        Assert.Equal(["down", "other up", "down", "up"], Titles());
    }

    [Fact]
    public async Task What_was_posted_last_before_the_database_went_away_is_waited_for_and_what_was_sent_is_not()
    {
        var room = World.Room(Web.Channel());
        room.Post(Alert("sent"));
        await room.Dispatcher.SettleAsync(default).WaitAsync(Eventually.Patience);
        room.Post(Alert("posted", incident: "02"));
        TakeAway();
        room.Post(Alert("sent up", AlertEvent.Recovered));
        room.Post(Alert("posted up", AlertEvent.Recovered, incident: "02"));

        await room.Dispatcher.SettleAsync(default).WaitAsync(Eventually.Patience);
        Assert.Equal(["sent", "sent up"], Titles());
        BringBack();
        await room.Dispatcher.SettleAsync(default).WaitAsync(Eventually.Patience);

        Assert.Equal(["sent", "sent up", "posted", "posted up"], Titles());
    }

    [Fact]
    public async Task Who_was_told_while_the_database_was_away_is_told_of_the_end_by_the_next_process_too()
    {
        var channels = new[] { Web.Channel(name: "all"), Web.Channel(name: "pager") with { MinSeverity = AlertSeverity.Critical }, Web.Channel(name: "other") with { MinSeverity = AlertSeverity.Critical, On = ["down"] } };
        var room = World.Room(channels);
        room.Post(Alert("begins", severity: AlertSeverity.Warning));
        TakeAway();
        room.Post(Alert("grows"));
        await room.Dispatcher.SettleAsync(default).WaitAsync(Eventually.Patience);
        BringBack();
        await room.Dispatcher.SettleAsync(default).WaitAsync(Eventually.Patience);
        Assert.Contains(World.Rows(room), static row => row is { Channel: "pager", Outcome: AlertDeliveryOutcome.Sent, Attempts: 1, SentAt: not null });

        World.Room(channels).Post(Alert("ends", AlertEvent.Recovered));

        Assert.Equal(["all", "pager"], World.Rows(room).Where(static row => row.Alert.Event == AlertEvent.Recovered).Select(static row => row.Channel).Order());
    }

    // As a disk that is full, or somebody who holds the lock for long.
    private void TakeAway() => Rename("alert_deliveries", "gone");

    private void BringBack() => Rename("gone", "alert_deliveries");

    private void Rename(string table, string name)
    {
        using var other = StateDatabase.Open(World.StatePath, World.Time);
        other.Write(transaction => transaction.Execute($"ALTER TABLE {table} RENAME TO {name}"));
    }

    private string[] Titles() => Web.Requests.Select(static request => request.Json.GetProperty("title").GetString()!).ToArray();

    // The database is in a place that is none.
    private string Away()
    {
        var path = World.StatePath;
        File.WriteAllText(path, "");
        World.StatePath = Path.Combine(path, "no", "folder");
        return path;
    }

    private void Back(string path)
    {
        File.Delete(path);
        World.StatePath = path;
        World.Time.Advance(TimeSpan.FromSeconds(11));
    }

    private sealed class Broken : IAlertSender
    {
        public Task<DeliveryAnswer> SendAsync(NotificationChannel channel, HostingAlert alert, string key, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("unforeseen");
    }
}
