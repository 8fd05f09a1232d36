using HostingOps.Engine.Alerts.Outbox;
using HostingOps.Testing;
using static HostingOps.Engine.Tests.Alerts.AlertWorld;

namespace HostingOps.Engine.Tests.Alerts;

public sealed class OutboxTests : AlertTest
{
    [Fact]
    public async Task An_alert_is_written_down_before_it_is_sent_and_survives_the_process()
    {
        World.Room(Web.Channel()).Post(Alert());
        Assert.Empty(Web.Requests);

        // Another process on the same database, after the first one has died.
        var next = World.Room(Web.Channel());
        await next.Dispatcher.SettleAsync(default).WaitAsync(Eventually.Patience);

        Assert.Equal("do-1 is down with 40 sites", Assert.Single(Web.Requests).Json.GetProperty("title").GetString());
        var row = Assert.Single(World.Rows(next));
        Assert.Equal((AlertDeliveryOutcome.Sent, 1, "200", "webhook"), (row.Outcome, row.Attempts, row.Answer, row.Channel));
        await next.Dispatcher.SettleAsync(default).WaitAsync(Eventually.Patience);
        Assert.Single(Web.Requests);
    }

    [Fact]
    public async Task What_fails_is_tried_again_with_growing_waits_until_it_is_taken()
    {
        Web.Answer = static n => WebReceiver.Status(n < 4 ? 500 : 204);
        var room = World.Room(Web.Channel());
        room.Post(Alert());
        var waits = new List<double>();
        for (var attempt = 1; attempt <= 3; attempt++)
        {
            await room.Dispatcher.SettleAsync(default).WaitAsync(Eventually.Patience);
            var row = Assert.Single(World.Rows(room));
            Assert.Equal((AlertDeliveryOutcome.Waiting, attempt), (row.Outcome, row.Attempts));
            waits.Add((row.NextAttemptAt!.Value - World.Time.GetUtcNow()).TotalSeconds);

            // A moment too early nothing is sent.
            World.Time.Advance(TimeSpan.FromSeconds(waits[^1]) - TimeSpan.FromMilliseconds(5));
            await room.Dispatcher.SettleAsync(default).WaitAsync(Eventually.Patience);
            Assert.Equal(attempt, Web.Requests.Count);
            World.Time.Advance(TimeSpan.FromMilliseconds(10));
        }

        await room.Dispatcher.SettleAsync(default).WaitAsync(Eventually.Patience);

        Assert.InRange(waits[0], 4, 6);
        Assert.InRange(waits[1], 8, 12);
        Assert.InRange(waits[2], 16, 24);
        Assert.Equal(AlertDeliveryOutcome.Sent, Assert.Single(World.Rows(room)).Outcome);
        Assert.Single(Web.Requests.Select(static request => request.Headers["Idempotency-Key"]).Distinct());
        Assert.Single(World.Said.Warnings);
    }

    [Theory]
    [InlineData("Retry-After: 120\r\n", 120, 120)]
    [InlineData("Retry-After: 1\r\n", 4, 6)]
    [InlineData("Retry-After: 99999999\r\n", 3600, 3600)]
    [InlineData("Retry-After: Sun, 01 Mar 2026 12:05:00 GMT\r\n", 300, 300)]
    public async Task A_receiver_that_wants_to_be_left_alone_is(string header, int least, int most)
    {
        Web.Answer = _ => WebReceiver.Status(429, header);
        var room = World.Room(Web.Channel());
        room.Post(Alert());

        await room.Dispatcher.SettleAsync(default).WaitAsync(Eventually.Patience);

        Assert.InRange((Assert.Single(World.Rows(room)).NextAttemptAt!.Value - World.Time.GetUtcNow()).TotalSeconds, least, most);
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
        Web.Answer = n => n == 1 ? WebReceiver.Status(status, $"Location: {elsewhere.Address("stolen")}\r\n") : WebReceiver.Status(200);
        var room = World.Room(Web.Channel());
        room.Post(Alert());
        await room.Dispatcher.SettleAsync(default).WaitAsync(Eventually.Patience);
        World.Time.Advance(TimeSpan.FromDays(2));
        await room.Dispatcher.SettleAsync(default).WaitAsync(Eventually.Patience);

        var row = Assert.Single(room.Outbox.Register()!.List(AlertDeliveryOutcome.Undelivered, 10));
        Assert.Contains($"it answers {status}", row.Answer, StringComparison.Ordinal);
        Assert.Single(Web.Requests);
        Assert.Empty(elsewhere.Requests);

        Assert.Equal(row.Id, Assert.Single(room.Outbox.Register()!.Renew([row.Id])).Id);
        await room.Dispatcher.SettleAsync(default).WaitAsync(Eventually.Patience);
        Assert.Equal(AlertDeliveryOutcome.Sent, Assert.Single(World.Rows(room)).Outcome);
        Assert.Empty(room.Outbox.Register()!.Renew([row.Id]));
    }

    [Fact]
    public async Task After_a_day_it_is_given_up_also_when_its_channel_is_no_longer_there()
    {
        Web.Answer = static _ => WebReceiver.Status(503);
        var room = World.Room(Web.Channel());
        room.Post(Alert());
        await room.Dispatcher.SettleAsync(default).WaitAsync(Eventually.Patience);
        var other = World.Room(Web.Channel(name: "another"));
        other.Post(Alert(incident: "02"));
        World.Time.Advance(TimeSpan.FromHours(25));

        await World.Room().Dispatcher.SettleAsync(default).WaitAsync(Eventually.Patience);

        Assert.All(World.Rows(room), static row => Assert.Equal(AlertDeliveryOutcome.Undelivered, row.Outcome));
        Assert.Equal(2, World.Rows(room).Count);
    }

    [Fact]
    public async Task Who_is_away_for_most_of_a_day_is_told_after_all()
    {
        Web.Answer = static _ => WebReceiver.Status(503);
        var room = World.Room(Web.Channel());
        room.Post(Alert());
        for (var quarter = 0; quarter < 4 * 20; quarter++)
        {
            await room.Dispatcher.SettleAsync(default).WaitAsync(Eventually.Patience);
            World.Time.Advance(TimeSpan.FromMinutes(15));
        }

        Web.Answer = static _ => WebReceiver.Status(200);
        World.Time.Advance(TimeSpan.FromMinutes(15));
        await room.Dispatcher.SettleAsync(default).WaitAsync(Eventually.Patience);

        Assert.Equal(AlertDeliveryOutcome.Sent, Assert.Single(World.Rows(room)).Outcome);
    }

    [Fact]
    public async Task A_channel_that_hangs_holds_up_no_other_and_is_cut_off_in_time()
    {
        using var silent = new WebReceiver { Answer = static _ => null };
        var room = World.Room(silent.Channel(name: "silent"), Web.Channel(name: "quick"));
        using var stop = new CancellationTokenSource();
        var running = room.Dispatcher.RunAsync(stop.Token);

        room.Post(Alert("first"));
        await silent.NextAsync();
        await Web.NextAsync();
        room.Post(Alert("second", incident: "02"));
        Assert.Equal("second", (await Web.NextAsync()).Json.GetProperty("title").GetString());
        Assert.Single(silent.Requests);

        // Its time is up: it is tried later, and what comes after it has its turn.
        World.Time.Advance(TimeSpan.FromSeconds(11));
        await silent.NextAsync();
        await stop.CancelAsync();
        await running.WaitAsync(Eventually.Patience);
        var first = World.Rows(room).Single(static row => row is { Channel: "silent", Alert.Title: "first" });
        Assert.Equal((AlertDeliveryOutcome.Waiting, "it gave no answer within 10 s"), (first.Outcome, first.Answer));

        // What was under way at the end has not been tried.
        Assert.Equal(0, World.Rows(room).Single(static row => row is { Channel: "silent", Alert.Title: "second" }).Attempts);
    }

    [Fact]
    public async Task Of_many_dispatchers_on_one_database_each_delivery_is_sent_by_one()
    {
        var rooms = Enumerable.Range(0, 4).Select(_ => World.Room(Web.Channel())).ToList();
        for (var number = 0; number < 30; number++)
        {
            rooms[number % 4].Post(Alert($"alert {number}", incident: $"{number}"));
        }

        await Task.WhenAll(rooms.Select(static room => Task.Run(() => room.Dispatcher.SettleAsync(default).WaitAsync(Eventually.Patience))));

        Assert.Equal(30, Web.Requests.Count);
        Assert.Equal(30, Web.Requests.Select(static request => request.Headers["Idempotency-Key"]).Distinct().Count());
    }

    [Fact]
    public async Task Who_dies_while_sending_leaves_it_to_the_others_after_the_lease_under_the_same_key()
    {
        var dying = World.Room(Web.Channel());
        dying.Post(Alert());
        var lost = dying.Outbox.Register()!.Claim("webhook", null, World.Time.GetUtcNow(), TimeSpan.FromMinutes(2))!;

        var other = World.Room(Web.Channel());
        await other.Dispatcher.SettleAsync(default).WaitAsync(Eventually.Patience);
        Assert.Empty(Web.Requests);
        World.Time.Advance(TimeSpan.FromMinutes(2));
        await other.Dispatcher.SettleAsync(default).WaitAsync(Eventually.Patience);

        Assert.Equal(lost.Key, Assert.Single(Web.Requests).Headers["Idempotency-Key"]);
    }

    [Fact]
    public async Task A_recovery_never_overtakes_what_it_ends_while_other_incidents_go_ahead()
    {
        Web.Answer = static n => WebReceiver.Status(n == 1 ? 500 : 200);
        var room = World.Room(Web.Channel());
        room.Post(Alert("down"));
        await room.Dispatcher.SettleAsync(default).WaitAsync(Eventually.Patience);
        room.Post(Alert("up", AlertEvent.Recovered));
        room.Post(Alert("other", incident: "02"));
        await room.Dispatcher.SettleAsync(default).WaitAsync(Eventually.Patience);
        Assert.Equal(["down", "other"], Titles());

        World.Time.Advance(TimeSpan.FromMinutes(1));
        await room.Dispatcher.SettleAsync(default).WaitAsync(Eventually.Patience);

        Assert.Equal(["down", "other", "down", "up"], Titles());
    }

    [Fact]
    public void A_channel_is_told_of_its_events_from_its_severity_on_and_of_the_end_of_what_it_was_told()
    {
        var room = World.Room(
            Web.Channel(name: "all"),
            Web.Channel(name: "pager") with { MinSeverity = AlertSeverity.Critical },
            Web.Channel(name: "certificates", on: "certificate"));
        room.Post(Alert(incident: "1", severity: AlertSeverity.Critical));
        room.Post(Alert(incident: "2", severity: AlertSeverity.Warning));
        room.Post(Alert(incident: "3", happened: AlertEvent.Certificate, severity: AlertSeverity.Warning));
        foreach (var incident in new[] { "1", "2", "3" })
        {
            room.Post(Alert(incident: incident, happened: AlertEvent.Recovered, severity: AlertSeverity.Information));
        }

        Assert.Equal(
            ["1 all Down", "1 all Recovered", "1 pager Down", "1 pager Recovered", "2 all Down", "2 all Recovered", "3 all Certificate", "3 all Recovered", "3 certificates Certificate"],
            World.Rows(room).Select(static row => $"{row.Alert.IncidentId} {row.Channel} {row.Alert.Event}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_reminder_goes_to_each_channel_as_often_as_it_wants_and_never_while_one_waits()
    {
        var room = World.Room(
            Web.Channel(name: "often") with { Resend = TimeSpan.FromHours(1) },
            Web.Channel(name: "usual"),
            Web.Channel(name: "never") with { Resend = TimeSpan.Zero });
        room.Post(Alert());
        await room.Dispatcher.SettleAsync(default).WaitAsync(Eventually.Patience);
        for (var minute = 0; minute < 8 * 60; minute += 10)
        {
            World.Time.Advance(TimeSpan.FromMinutes(10));
            room.Outbox.Commit(null, [], [Alert("Still: down")]);
            await room.Dispatcher.SettleAsync(default).WaitAsync(Eventually.Patience);
        }

        Assert.Equal([("never", 1), ("often", 9), ("usual", 3)], World.Rows(room).GroupBy(static row => row.Channel).Select(static group => (group.Key, group.Count())).Order());
        Web.Answer = static _ => WebReceiver.Status(500);
        for (var hour = 0; hour < 5; hour++)
        {
            World.Time.Advance(TimeSpan.FromHours(1));
            room.Outbox.Commit(null, [], [Alert("Still: down")]);
            await room.Dispatcher.SettleAsync(default).WaitAsync(Eventually.Patience);
        }

        Assert.Equal(10, World.Rows(room).Count(static row => row.Channel == "often"));
    }

    private string[] Titles() => Web.Requests.Select(static request => request.Json.GetProperty("title").GetString()!).ToArray();
}
