using HostingOps.Engine.Alerts.Outbox;
using HostingOps.Engine.Alerts.Sending;
using HostingOps.Engine.State;
using static HostingOps.Engine.Tests.Alerts.AlertWorld;

namespace HostingOps.Engine.Tests.Alerts;

/// <summary>What is told while the state database, a row of it, or this machine is away.</summary>
public sealed class OutageTests : IDisposable
{
    private readonly AlertWorld world = new();
    private readonly WebReceiver web = new();

    public void Dispose()
    {
        web.Dispose();
        world.Dispose();
    }

    [Fact]
    public async Task Without_a_state_database_a_receiver_that_wants_to_be_left_alone_is_and_its_tries_are_counted()
    {
        var path = Away();
        web.Answer = static _ => WebReceiver.Status(429, "Retry-After: 120\r\n");
        var room = world.Room(web.Channel());
        room.Post(Alert());
        for (var second = 0; second < 100; second++)
        {
            await room.Dispatcher.SettleAsync(default);
            world.Time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Single(web.Requests);
        world.Time.Advance(TimeSpan.FromSeconds(21));
        await room.Dispatcher.SettleAsync(default);
        Assert.Equal(2, web.Requests.Count);

        Back(path);
        await room.Dispatcher.SettleAsync(default);
        var row = Assert.Single(world.Rows(room));
        Assert.Equal((AlertDeliveryOutcome.Waiting, 2), (row.Outcome, row.Attempts));
        Assert.True(row.NextAttemptAt > world.Time.GetUtcNow().AddSeconds(60));
    }

    [Fact]
    public async Task What_is_refused_for_good_without_a_state_database_is_written_down_as_undelivered_when_it_is_back()
    {
        var path = Away();
        web.Answer = static _ => WebReceiver.Status(403);
        var room = world.Room(web.Channel());
        room.Post(Alert());
        await room.Dispatcher.SettleAsync(default);
        world.Time.Advance(TimeSpan.FromSeconds(30));
        await room.Dispatcher.SettleAsync(default);
        Assert.Single(web.Requests);

        Back(path);
        await room.Dispatcher.SettleAsync(default);
        var row = Assert.Single(room.Outbox.Register()!.List(AlertDeliveryOutcome.Undelivered, 10));
        Assert.Contains("403", row.Answer, StringComparison.Ordinal);
        Assert.Equal(1, row.Attempts);
        Assert.True(room.Outbox.Memory.IsEmpty);
    }

    [Fact]
    public async Task A_recovery_does_not_overtake_what_was_kept_in_memory()
    {
        var path = Away();
        web.Answer = static n => WebReceiver.Status(n == 1 ? 500 : 200);
        var room = world.Room(web.Channel());
        room.Post(Alert("down"));
        await room.Dispatcher.SettleAsync(default);
        var claimed = room.Outbox.Memory.Claim("webhook", "01INCIDENT", world.Time.GetUtcNow(), TimeSpan.FromMinutes(2))!;
        Back(path);

        // It is on its way from memory while its end can be written down.
        room.Post(Alert("up", AlertEvent.Recovered));
        room.Outbox.Memory.Release(claimed.Id);
        for (var minute = 0; minute < 3; minute++)
        {
            world.Time.Advance(TimeSpan.FromMinutes(1));
            await room.Dispatcher.SettleAsync(default);
        }

        Assert.Equal(["down", "down", "up"], web.Requests.Select(static request => request.Json.GetProperty("title").GetString()));
    }

    [Fact]
    public void What_follows_something_that_is_being_sent_stays_behind_it()
    {
        var memory = new MemoryDeliveries();
        var now = world.Time.GetUtcNow();
        memory.Add([new(0, "a", "c", Alert("down"), now, 0), new(0, "b", "c", Alert("up", AlertEvent.Recovered), now, 0), new(0, "d", "c", Alert("other", incident: "02"), now, 0)], now);
        memory.Claim("c", "01INCIDENT", now, TimeSpan.FromMinutes(2));

        Assert.Equal("other", Assert.Single(memory.TakeFree(now)).Delivery.Alert.Title);
        Assert.Equal(2, memory.TakeFree(now.AddMinutes(2)).Count);
    }

    [Fact]
    public async Task What_waited_while_the_machine_was_off_is_tried_before_it_is_given_up()
    {
        world.Room(web.Channel()).Post(Alert());
        world.Time.Advance(TimeSpan.FromDays(3));
        web.Answer = static n => WebReceiver.Status(n == 1 ? 200 : 503);

        var room = world.Room(web.Channel());
        await room.Dispatcher.SettleAsync(default);
        Assert.Equal(AlertDeliveryOutcome.Sent, Assert.Single(world.Rows(room)).Outcome);

        room.Post(Alert(incident: "02"));
        world.Time.Advance(TimeSpan.FromDays(3));
        await world.Room(web.Channel()).Dispatcher.SettleAsync(default);
        var late = world.Rows(room)[1];
        Assert.Equal((AlertDeliveryOutcome.Undelivered, 1), (late.Outcome, late.Attempts));
        Assert.Contains("503", late.Answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_row_that_cannot_be_read_is_given_up_and_silences_nobody()
    {
        var room = world.Room(web.Channel());
        room.Post(Alert("first"));
        room.Post(Alert("second", incident: "02"));
        room.Outbox.Try(static state => state.Write(static transaction => transaction.Execute("UPDATE alert_deliveries SET alert_json = '{' WHERE incident_id = '01INCIDENT'")));

        await room.Dispatcher.SettleAsync(default);

        Assert.Equal("second", Assert.Single(web.Requests).Json.GetProperty("title").GetString());
        var rows = world.Rows(room);
        Assert.Equal((AlertDeliveryOutcome.Undelivered, "what is stored of it cannot be read"), (rows[0].Outcome, rows[0].Answer));
        Assert.Equal(AlertDeliveryOutcome.Sent, rows[1].Outcome);
    }

    [Fact]
    public void Of_an_incident_that_lasts_it_is_remembered_who_was_told()
    {
        var room = world.Room(web.Channel(name: "all"), web.Channel(name: "pager") with { MinSeverity = AlertSeverity.Critical });
        room.Outbox.Commit(
            static (transaction, scope) => transaction.Execute(
                "INSERT INTO incidents (id, scope, cause, subject, opened_at, entry_json) VALUES ('01INCIDENT', $1, 'Host', 'do-1', '2026-01-01T00:00:00.000Z', '{}')", scope),
            [Alert(severity: AlertSeverity.Warning)],
            []);
        var register = room.Outbox.Register()!;
        register.End(register.Claim("all", null, world.Time.GetUtcNow(), TimeSpan.FromMinutes(1))!.Id, AlertDeliveryOutcome.Sent, "200", world.Time.GetUtcNow(), null);
        world.Time.Advance(TimeSpan.FromDays(40));
        register.Prune(world.Time.GetUtcNow() - DeliveryWaits.Age);

        room.Post(Alert("up", AlertEvent.Recovered));

        Assert.Equal(["all Down", "all Recovered"], world.Rows(room).Select(static row => $"{row.Channel} {row.Alert.Event}"));
    }

    [Fact]
    public async Task After_its_recovery_nothing_is_remembered_of_whom_memory_told()
    {
        var path = Away();
        var room = world.Room(web.Channel(name: "all"), web.Channel(name: "pager") with { MinSeverity = AlertSeverity.Critical });
        room.Post(Alert());
        await room.Dispatcher.SettleAsync(default);
        Back(path);
        room.Post(Alert("up", AlertEvent.Recovered));
        Assert.Equal(2, world.Rows(room).Count);
        room.Outbox.Try(static state => state.Write(static transaction => transaction.Execute("DELETE FROM alert_deliveries")));

        room.Post(Alert("again", severity: AlertSeverity.Warning));
        room.Post(Alert("up again", AlertEvent.Recovered));

        Assert.Equal(["all Down", "all Recovered"], world.Rows(room).Select(static row => $"{row.Channel} {row.Alert.Event}"));
    }

    [Fact]
    public async Task A_channel_that_fails_in_an_unforeseen_way_is_reported()
    {
        var room = world.Room(web.Channel());
        room.Post(Alert());

        await new AlertDispatcher(room.Outbox, new Broken(), world.Said, world.Time, new Random(1)).SettleAsync(default);

        Assert.Contains(world.Said.Warnings, static warning => warning.Contains("webhook stood still and begins again: InvalidOperationException: unforeseen", StringComparison.Ordinal));
    }

    // The database is in a place that is none.
    private string Away()
    {
        var path = world.StatePath;
        File.WriteAllText(path, "");
        world.StatePath = Path.Combine(path, "no", "folder");
        return path;
    }

    private void Back(string path)
    {
        File.Delete(path);
        world.StatePath = path;
        world.Time.Advance(TimeSpan.FromSeconds(11));
    }

    private sealed class Broken : IAlertSender
    {
        public Task<DeliveryAnswer> SendAsync(NotificationChannel channel, HostingAlert alert, string key, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("unforeseen");
    }
}
