using HostingOps.Engine.Alerts.Outbox;
using HostingOps.Testing;
using static HostingOps.Engine.Tests.Alerts.AlertWorld;

namespace HostingOps.Engine.Tests.Alerts;

/// <summary>What the outbox's rows remember, and for how long.</summary>
public sealed class AlertRegisterTests : AlertTest
{
    [Fact]
    public void News_within_an_incident_is_known_by_its_own_id_too()
    {
        var room = World.Room(Web.Channel());
        var alert = Alert(happened: AlertEvent.Failover);
        room.Post(alert with { Details = new Dictionary<string, string?> { ["news"] = "not-moved-acme-Cooldown" } });

        var register = room.Outbox.Register()!;

        Assert.Equal(World.Time.GetUtcNow(), register.LastPosted("not-moved-acme-Cooldown"));
        Assert.Equal(World.Time.GetUtcNow(), register.LastPosted(alert.IncidentId));
        Assert.Null(register.LastPosted("not-moved-acme-StandbyHealthy"));
    }

    [Fact]
    public void Old_rows_go_and_those_that_nobody_got_stay_longer()
    {
        var room = World.Room(Web.Channel());
        room.Post(Alert(incident: "sent"));
        room.Post(Alert(incident: "undelivered"));
        var register = room.Outbox.Register()!;
        foreach (var outcome in new[] { AlertDeliveryOutcome.Sent, AlertDeliveryOutcome.Undelivered })
        {
            register.End(register.Claim("webhook", null, World.Time.GetUtcNow(), TimeSpan.FromMinutes(1))!.Id, outcome, "said", World.Time.GetUtcNow(), null);
        }

        World.Time.Advance(TimeSpan.FromDays(31));
        register.Prune(World.Time.GetUtcNow() - DeliveryWaits.Age);
        Assert.Equal("undelivered", Assert.Single(World.Rows(room)).Alert.IncidentId);
        World.Time.Advance(TimeSpan.FromDays(60));
        register.Prune(World.Time.GetUtcNow() - DeliveryWaits.Age);
        Assert.Empty(World.Rows(room));
    }

    [Theory]
    [InlineData(0, 60)]
    [InlineData(0, 60 * 24 * 365)]
    [InlineData(-90, 120)]
    public void What_waits_when_the_clock_is_set_back_is_tried_all_the_same_and_with_its_usual_waits(int postedAt, int back)
    {
        var room = World.Room(Web.Channel());
        World.Time.Set(TimeSpan.FromMinutes(postedAt));
        room.Post(Alert());
        World.Time.Set(TimeSpan.FromMinutes(-postedAt));
        var register = room.Outbox.Register()!;
        Fail(Assert.IsType<Delivery>(Claim()));
        World.Time.Set(TimeSpan.FromMinutes(-back));

        Fail(Assert.IsType<Delivery>(Claim()));
        Assert.Null(Claim());
        World.Time.Advance(TimeSpan.FromSeconds(5));
        Assert.NotNull(Claim());

        Delivery? Claim() => register.Claim("webhook", null, World.Time.GetUtcNow(), TimeSpan.FromMinutes(2));
        void Fail(Delivery delivery) => register.End(delivery.Id, AlertDeliveryOutcome.Waiting, "503", World.Time.GetUtcNow(), World.Time.GetUtcNow().AddSeconds(5));
    }

    [Fact]
    public void A_rehearsal_of_the_zone_is_not_told_what_is_real()
    {
        World.Room(Web.Channel()).Post(Alert());
        var rehearsal = World.Room(AlertWorld.Inventory(Web.Channel()) with { Aws = new AwsSettings { EndpointUrl = "http://127.0.0.1:5000" } });

        Assert.Empty(World.Rows(rehearsal));
    }

    [Fact]
    public async Task A_row_that_cannot_be_read_is_given_up_and_silences_nobody()
    {
        var room = World.Room(Web.Channel());
        room.Post(Alert("first"));
        room.Post(Alert("second", incident: "02"));
        room.Outbox.Try(static state => state.Write(static transaction => transaction.Execute("UPDATE alert_deliveries SET alert_json = '{' WHERE incident_id = '01INCIDENT'")));

        await room.Dispatcher.SettleAsync(default).WaitAsync(Eventually.Patience);

        Assert.Equal("second", Assert.Single(Web.Requests).Json.GetProperty("title").GetString());
        var rows = World.Rows(room);
        Assert.Equal((AlertDeliveryOutcome.Undelivered, "what is stored of it cannot be read"), (rows[0].Outcome, rows[0].Answer));
        Assert.Equal(AlertDeliveryOutcome.Sent, rows[1].Outcome);
    }

    [Fact]
    public void Of_an_incident_that_lasts_it_is_remembered_who_was_told()
    {
        var room = World.Room(Web.Channel(name: "all"), Web.Channel(name: "pager") with { MinSeverity = AlertSeverity.Critical });
        room.Outbox.Commit(
            static (transaction, scope) => transaction.Execute(
                "INSERT INTO incidents (id, scope, cause, subject, opened_at, entry_json) VALUES ('01INCIDENT', $1, 'Host', 'do-1', '2026-01-01T00:00:00.000Z', '{}')", scope),
            [Alert(severity: AlertSeverity.Warning)],
            []);
        var register = room.Outbox.Register()!;
        register.End(register.Claim("all", null, World.Time.GetUtcNow(), TimeSpan.FromMinutes(1))!.Id, AlertDeliveryOutcome.Sent, "200", World.Time.GetUtcNow(), null);
        World.Time.Advance(TimeSpan.FromDays(40));
        register.Prune(World.Time.GetUtcNow() - DeliveryWaits.Age);

        room.Post(Alert("up", AlertEvent.Recovered));

        Assert.Equal(["all Down", "all Recovered"], World.Rows(room).Select(static row => $"{row.Channel} {row.Alert.Event}"));
    }

    [Fact]
    public void It_is_known_of_which_sites_was_told_by_news_of_its_own_and_within_an_incident_whatever_else_is_damaged()
    {
        var room = World.Room(Web.Channel());
        room.Post(Alert(happened: AlertEvent.Failover, incident: "failover-OP") with { Sites = ["site1"] });
        room.Post(Alert(happened: AlertEvent.Failover) with { Sites = ["site2"], Details = new Dictionary<string, string?> { ["news"] = "failover-OP" } });
        room.Post(Alert(happened: AlertEvent.Failover, incident: "failover-OTHER") with { Sites = ["site3"] });
        room.Post(Alert("damaged", AlertEvent.Failover, "damaged") with { Sites = ["site4"] });
        room.Outbox.Try(static state => state.Write(static transaction => transaction.Execute("UPDATE alert_deliveries SET alert_json = '{' WHERE incident_id = 'damaged'")));

        var register = room.Outbox.Register()!;

        Assert.Equal(["site1", "site2"], register.SitesPosted("failover-OP").Order());
        Assert.Empty(register.SitesPosted("failover-NONE"));
        Assert.Null(register.LastPosted("failover-NONE"));
    }

    [Fact]
    public void News_of_moves_are_open_until_their_end_is_told_and_again_when_they_come_back()
    {
        var room = World.Room(Web.Channel());
        void Post(string incident, AlertEvent happened = AlertEvent.Failover, AlertSeverity severity = AlertSeverity.Critical) => room.Post(Alert($"{incident} {happened}", happened, incident, severity));
        Post("not-moved-site1-Cooldown");
        Post("cut-off-OP");
        Post("failover-GOOD", severity: AlertSeverity.Warning);
        Post("01INCIDENT");
        Post("02INCIDENT", AlertEvent.Down);
        var register = room.Outbox.Register()!;
        Assert.Equal(["cut-off-OP", "not-moved-site1-Cooldown"], register.OpenNotices().Select(static alert => alert.IncidentId).Order());

        Post("cut-off-OP", AlertEvent.Recovered);
        Assert.Equal("not-moved-site1-Cooldown Failover", Assert.Single(register.OpenNotices()).Title);
        Post("cut-off-OP");
        Assert.Equal(2, register.OpenNotices().Count);
    }
}
