using HostingOps.Engine.Alerts.Outbox;
using HostingOps.Engine.State;
using static HostingOps.Engine.Tests.Alerts.AlertWorld;

namespace HostingOps.Engine.Tests.Alerts;

public sealed class OutboxTests : IDisposable
{
    private readonly AlertWorld world = new();
    private readonly WebReceiver web = new();

    public void Dispose()
    {
        web.Dispose();
        world.Dispose();
    }

    [Fact]
    public async Task An_alert_is_written_down_before_it_is_sent_and_survives_the_process()
    {
        world.Room(web.Channel()).Post(Alert());
        Assert.Empty(web.Requests);

        // Another process on the same database, after the first one has died.
        var next = world.Room(web.Channel());
        await next.Dispatcher.SettleAsync(default);

        Assert.Equal("do-1 is down with 40 sites", Assert.Single(web.Requests).Json.GetProperty("title").GetString());
        var row = Assert.Single(world.Rows(next));
        Assert.Equal((AlertDeliveryOutcome.Sent, 1, "200", "webhook"), (row.Outcome, row.Attempts, row.Answer, row.Channel));
        await next.Dispatcher.SettleAsync(default);
        Assert.Single(web.Requests);
    }

    [Fact]
    public void News_within_an_incident_is_known_by_its_own_id_too()
    {
        var room = world.Room(web.Channel());
        var alert = Alert(happened: AlertEvent.Failover);
        room.Post(alert with { Details = new Dictionary<string, string?> { ["news"] = "not-moved-acme-Cooldown" } });

        var register = room.Outbox.Register()!;

        Assert.Equal(world.Time.GetUtcNow(), register.LastPosted("not-moved-acme-Cooldown"));
        Assert.Equal(world.Time.GetUtcNow(), register.LastPosted(alert.IncidentId));
        Assert.Null(register.LastPosted("not-moved-acme-StandbyHealthy"));
    }

    [Fact]
    public async Task What_fails_is_tried_again_with_growing_waits_until_it_is_taken()
    {
        web.Answer = static n => WebReceiver.Status(n < 4 ? 500 : 204);
        var room = world.Room(web.Channel());
        room.Post(Alert());
        var waits = new List<double>();
        for (var attempt = 1; attempt <= 3; attempt++)
        {
            await room.Dispatcher.SettleAsync(default);
            var row = Assert.Single(world.Rows(room));
            Assert.Equal((AlertDeliveryOutcome.Waiting, attempt), (row.Outcome, row.Attempts));
            waits.Add((row.NextAttemptAt!.Value - world.Time.GetUtcNow()).TotalSeconds);

            // A moment too early nothing is sent.
            world.Time.Advance(TimeSpan.FromSeconds(waits[^1]) - TimeSpan.FromMilliseconds(5));
            await room.Dispatcher.SettleAsync(default);
            Assert.Equal(attempt, web.Requests.Count);
            world.Time.Advance(TimeSpan.FromMilliseconds(10));
        }

        await room.Dispatcher.SettleAsync(default);

        Assert.InRange(waits[0], 4, 6);
        Assert.InRange(waits[1], 8, 12);
        Assert.InRange(waits[2], 16, 24);
        Assert.Equal(AlertDeliveryOutcome.Sent, Assert.Single(world.Rows(room)).Outcome);
        Assert.Single(web.Requests.Select(static request => request.Headers["Idempotency-Key"]).Distinct());
        Assert.Single(world.Said.Warnings);
    }

    [Theory]
    [InlineData("Retry-After: 120\r\n", 120, 120)]
    [InlineData("Retry-After: 1\r\n", 4, 6)]
    [InlineData("Retry-After: 99999999\r\n", 3600, 3600)]
    [InlineData("Retry-After: Sun, 01 Mar 2026 12:05:00 GMT\r\n", 300, 300)]
    public async Task A_receiver_that_wants_to_be_left_alone_is(string header, int least, int most)
    {
        web.Answer = _ => WebReceiver.Status(429, header);
        var room = world.Room(web.Channel());
        room.Post(Alert());

        await room.Dispatcher.SettleAsync(default);

        Assert.InRange((Assert.Single(world.Rows(room)).NextAttemptAt!.Value - world.Time.GetUtcNow()).TotalSeconds, least, most);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(410)]
    [InlineData(301)]
    [InlineData(307)]
    public async Task What_is_refused_for_good_is_kept_as_undelivered_and_can_be_sent_again(int status)
    {
        using var elsewhere = new WebReceiver();
        web.Answer = n => n == 1 ? WebReceiver.Status(status, $"Location: {elsewhere.Address("stolen")}\r\n") : WebReceiver.Status(200);
        var room = world.Room(web.Channel());
        room.Post(Alert());
        await room.Dispatcher.SettleAsync(default);
        world.Time.Advance(TimeSpan.FromDays(2));
        await room.Dispatcher.SettleAsync(default);

        var row = Assert.Single(room.Outbox.Register()!.List(AlertDeliveryOutcome.Undelivered, 10));
        Assert.Contains($"it answers {status}", row.Answer, StringComparison.Ordinal);
        Assert.Single(web.Requests);
        Assert.Empty(elsewhere.Requests);

        Assert.Equal(row.Id, Assert.Single(room.Outbox.Register()!.Renew([row.Id])).Id);
        await room.Dispatcher.SettleAsync(default);
        Assert.Equal(AlertDeliveryOutcome.Sent, Assert.Single(world.Rows(room)).Outcome);
        Assert.Empty(room.Outbox.Register()!.Renew([row.Id]));
    }

    [Fact]
    public async Task After_a_day_it_is_given_up_also_when_its_channel_is_no_longer_there()
    {
        web.Answer = static _ => WebReceiver.Status(503);
        var room = world.Room(web.Channel());
        room.Post(Alert());
        await room.Dispatcher.SettleAsync(default);
        var other = world.Room(web.Channel(name: "another"));
        other.Post(Alert(incident: "02"));
        world.Time.Advance(TimeSpan.FromHours(25));

        await world.Room().Dispatcher.SettleAsync(default);

        Assert.All(world.Rows(room), static row => Assert.Equal(AlertDeliveryOutcome.Undelivered, row.Outcome));
        Assert.Equal(2, world.Rows(room).Count);
    }

    [Fact]
    public async Task A_channel_that_hangs_holds_up_no_other_and_is_cut_off_in_time()
    {
        using var silent = new WebReceiver { Answer = static _ => null };
        var room = world.Room(silent.Channel(name: "silent"), web.Channel(name: "quick"));
        using var stop = new CancellationTokenSource();
        var running = room.Dispatcher.RunAsync(stop.Token);

        room.Post(Alert("first"));
        await silent.NextAsync();
        await web.NextAsync();
        room.Post(Alert("second", incident: "02"));
        Assert.Equal("second", (await web.NextAsync()).Json.GetProperty("title").GetString());
        Assert.Single(silent.Requests);

        // Its time is up: it is tried later, and what comes after it has its turn.
        world.Time.Advance(TimeSpan.FromSeconds(11));
        await silent.NextAsync();
        await stop.CancelAsync();
        await running;
        var first = world.Rows(room).Single(static row => row is { Channel: "silent", Alert.Title: "first" });
        Assert.Equal((AlertDeliveryOutcome.Waiting, "it gave no answer within 10 s"), (first.Outcome, first.Answer));

        // What was under way at the end has not been tried.
        Assert.Equal(0, world.Rows(room).Single(static row => row is { Channel: "silent", Alert.Title: "second" }).Attempts);
    }

    [Fact]
    public async Task Of_many_dispatchers_on_one_database_each_delivery_is_sent_by_one()
    {
        var rooms = Enumerable.Range(0, 4).Select(_ => world.Room(web.Channel())).ToList();
        for (var number = 0; number < 30; number++)
        {
            rooms[number % 4].Post(Alert($"alert {number}", incident: $"{number}"));
        }

        await Task.WhenAll(rooms.Select(static room => Task.Run(() => room.Dispatcher.SettleAsync(default))));

        Assert.Equal(30, web.Requests.Count);
        Assert.Equal(30, web.Requests.Select(static request => request.Headers["Idempotency-Key"]).Distinct().Count());
    }

    [Fact]
    public async Task Who_dies_while_sending_leaves_it_to_the_others_after_the_lease_under_the_same_key()
    {
        var dying = world.Room(web.Channel());
        dying.Post(Alert());
        var lost = dying.Outbox.Register()!.Claim("webhook", null, world.Time.GetUtcNow(), TimeSpan.FromMinutes(2))!;

        var other = world.Room(web.Channel());
        await other.Dispatcher.SettleAsync(default);
        Assert.Empty(web.Requests);
        world.Time.Advance(TimeSpan.FromMinutes(2));
        await other.Dispatcher.SettleAsync(default);

        Assert.Equal(lost.Key, Assert.Single(web.Requests).Headers["Idempotency-Key"]);
    }

    [Fact]
    public async Task A_recovery_never_overtakes_what_it_ends_while_other_incidents_go_ahead()
    {
        web.Answer = static n => WebReceiver.Status(n == 1 ? 500 : 200);
        var room = world.Room(web.Channel());
        room.Post(Alert("down"));
        await room.Dispatcher.SettleAsync(default);
        room.Post(Alert("up", AlertEvent.Recovered));
        room.Post(Alert("other", incident: "02"));
        await room.Dispatcher.SettleAsync(default);
        Assert.Equal(["down", "other"], Titles());

        world.Time.Advance(TimeSpan.FromMinutes(1));
        await room.Dispatcher.SettleAsync(default);

        Assert.Equal(["down", "other", "down", "up"], Titles());
    }

    [Fact]
    public void A_channel_is_told_of_its_events_from_its_severity_on_and_of_the_end_of_what_it_was_told()
    {
        var room = world.Room(
            web.Channel(name: "all"),
            web.Channel(name: "pager") with { MinSeverity = AlertSeverity.Critical },
            web.Channel(name: "certificates", on: "certificate"));
        room.Post(Alert(incident: "1", severity: AlertSeverity.Critical));
        room.Post(Alert(incident: "2", severity: AlertSeverity.Warning));
        room.Post(Alert(incident: "3", happened: AlertEvent.Certificate, severity: AlertSeverity.Warning));
        foreach (var incident in new[] { "1", "2", "3" })
        {
            room.Post(Alert(incident: incident, happened: AlertEvent.Recovered, severity: AlertSeverity.Information));
        }

        Assert.Equal(
            ["1 all Down", "1 all Recovered", "1 pager Down", "1 pager Recovered", "2 all Down", "2 all Recovered", "3 all Certificate", "3 all Recovered", "3 certificates Certificate"],
            world.Rows(room).Select(static row => $"{row.Alert.IncidentId} {row.Channel} {row.Alert.Event}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_reminder_goes_to_each_channel_as_often_as_it_wants_and_never_while_one_waits()
    {
        var room = world.Room(
            web.Channel(name: "often") with { Resend = TimeSpan.FromHours(1) },
            web.Channel(name: "usual"),
            web.Channel(name: "never") with { Resend = TimeSpan.Zero });
        room.Post(Alert());
        await room.Dispatcher.SettleAsync(default);
        for (var minute = 0; minute < 8 * 60; minute += 10)
        {
            world.Time.Advance(TimeSpan.FromMinutes(10));
            room.Outbox.Commit(null, [], [Alert("Still: down")]);
            await room.Dispatcher.SettleAsync(default);
        }

        Assert.Equal([("never", 1), ("often", 9), ("usual", 3)], world.Rows(room).GroupBy(static row => row.Channel).Select(static group => (group.Key, group.Count())).Order());
        web.Answer = static _ => WebReceiver.Status(500);
        for (var hour = 0; hour < 5; hour++)
        {
            world.Time.Advance(TimeSpan.FromHours(1));
            room.Outbox.Commit(null, [], [Alert("Still: down")]);
            await room.Dispatcher.SettleAsync(default);
        }

        Assert.Equal(10, world.Rows(room).Count(static row => row.Channel == "often"));
    }

    [Fact]
    public async Task Without_a_state_database_alerts_are_sent_from_memory_and_written_down_as_soon_as_that_can_be()
    {
        var path = world.StatePath;
        world.StatePath = System.IO.Path.Combine(world.Folder, "state.db", "no", "folder");
        File.WriteAllText(path, "");
        web.Answer = static n => WebReceiver.Status(n == 1 ? 500 : 200);
        var room = world.Room(web.Channel());

        room.Post(Alert());
        await room.Dispatcher.SettleAsync(default);
        Assert.Equal("down", Assert.Single(web.Requests).Json.GetProperty("event").GetString());
        Assert.Contains(world.Said.Warnings, static warning => warning.Contains("kept in memory", StringComparison.Ordinal));
        File.Delete(path);
        world.StatePath = path;
        world.Time.Advance(TimeSpan.FromSeconds(11));
        await room.Dispatcher.SettleAsync(default);

        Assert.Equal(2, web.Requests.Count);
        Assert.Equal(AlertDeliveryOutcome.Sent, Assert.Single(world.Rows(room)).Outcome);
        room.Post(Alert("up", AlertEvent.Recovered));
        await room.Dispatcher.SettleAsync(default);
        Assert.Equal(3, web.Requests.Count);
        Assert.True(room.Outbox.Memory.IsEmpty);
    }

    [Fact]
    public async Task What_was_sent_and_could_not_be_written_down_is_not_sent_again_by_this_process()
    {
        var room = world.Room(web.Channel());
        room.Post(Alert());
        using var other = StateDatabase.Open(world.StatePath, world.Time);
        web.Answer = _ =>
        {
            // Somebody holds the database's lock while the answer is on its way.
            var holding = new ManualResetEventSlim();
            ThreadPool.QueueUserWorkItem(_ => other.Write(transaction =>
            {
                transaction.Execute("DELETE FROM pauses");
                holding.Set();
                Thread.Sleep(2500);
            }));
            holding.Wait();
            return WebReceiver.Status(200);
        };
        await room.Dispatcher.SettleAsync(default);
        web.Answer = static _ => WebReceiver.Status(200);
        world.Time.Advance(TimeSpan.FromMinutes(3));
        await Task.Run(() => other.Write(static _ => { }));

        await room.Dispatcher.SettleAsync(default);

        Assert.Single(web.Requests);
        Assert.Equal(AlertDeliveryOutcome.Sent, Assert.Single(world.Rows(room)).Outcome);
    }

    [Fact]
    public void Old_rows_go_and_those_that_nobody_got_stay_longer()
    {
        var room = world.Room(web.Channel());
        room.Post(Alert(incident: "sent"));
        room.Post(Alert(incident: "undelivered"));
        var register = room.Outbox.Register()!;
        foreach (var outcome in new[] { AlertDeliveryOutcome.Sent, AlertDeliveryOutcome.Undelivered })
        {
            register.End(register.Claim("webhook", null, world.Time.GetUtcNow(), TimeSpan.FromMinutes(1))!.Id, outcome, "said", world.Time.GetUtcNow(), null);
        }

        world.Time.Advance(TimeSpan.FromDays(31));
        register.Prune(world.Time.GetUtcNow() - DeliveryWaits.Age);
        Assert.Equal("undelivered", Assert.Single(world.Rows(room)).Alert.IncidentId);
        world.Time.Advance(TimeSpan.FromDays(60));
        register.Prune(world.Time.GetUtcNow() - DeliveryWaits.Age);
        Assert.Empty(world.Rows(room));
    }

    [Fact]
    public void A_rehearsal_of_the_zone_is_not_told_what_is_real()
    {
        world.Room(web.Channel()).Post(Alert());
        var rehearsal = world.Room(AlertWorld.Inventory(web.Channel()) with { Aws = new AwsSettings { EndpointUrl = "http://127.0.0.1:5000" } });

        Assert.Empty(world.Rows(rehearsal));
    }

    private string[] Titles() => web.Requests.Select(static request => request.Json.GetProperty("title").GetString()!).ToArray();
}
