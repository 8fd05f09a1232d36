using HostingOps.Testing;

using static HostingOps.Engine.Tests.Alerts.AlertWorld;

namespace HostingOps.Engine.Tests.Alerts;

public sealed class WorkspaceAlertsTests : AlertTest
{
    [Fact]
    public async Task What_was_given_up_is_listed_and_sent_again_after_what_was_told_of_its_incident_before()
    {
        await using var workspace = Open(Web.Channel(name: "ops"));
        Web.Answer = static _ => WebReceiver.Status(410);
        workspace.Alerts.Post(Alert("down"));
        await workspace.Alerts.Dispatcher.SettleAsync(default).WaitAsync(Eventually.Patience);
        workspace.Alerts.Post(Alert("up", AlertEvent.Recovered));
        await workspace.Alerts.Dispatcher.SettleAsync(default).WaitAsync(Eventually.Patience);
        var lost = workspace.GetAlerts(AlertDeliveryOutcome.Undelivered, 10);
        Assert.Equal([("up", "ops"), ("down", "ops")], lost.Select(static row => (row.Alert.Title, row.Channel)));
        Assert.All(lost, static row => Assert.Equal(("it answers 410", NotificationKind.Webhook), (row.Answer, row.Kind)));

        var again = await workspace.ResendAlertAsync(lost[0].Id, default);
        Assert.Equal((AlertDeliveryOutcome.Undelivered, 1), (again.Outcome, again.Attempts));
        Web.Answer = static _ => WebReceiver.Status(200);
        Assert.Equal(AlertDeliveryOutcome.Sent, (await workspace.ResendAlertAsync(lost[1].Id, default)).Outcome);
        Assert.Equal(AlertDeliveryOutcome.Sent, (await workspace.ResendAlertAsync(lost[0].Id, default)).Outcome);
        Assert.Equal("up", Web.Requests.Last().Json.GetProperty("title").GetString());

        var error = await Assert.ThrowsAsync<HostingException>(() => workspace.ResendAlertAsync(lost[0].Id, default));
        Assert.Equal(ErrorIds.AlertNotFound, error.ErrorId);
        Assert.Empty(workspace.GetAlerts(AlertDeliveryOutcome.Undelivered, 10));
    }

    [Fact]
    public async Task A_test_goes_to_its_channel_whatever_that_is_told_of_and_is_not_kept()
    {
        await using var workspace = Open(Web.Channel(name: "ops", on: "certificate"), Web.Channel(NotificationPreset.Slack));
        var (name, channel) = Assert.Single(workspace.SelectChannels(["O*"]));
        var sent = await workspace.TestAlertAsync(name, channel, null, default);

        Assert.Equal((AlertDeliveryOutcome.Sent, "200", "ops", AlertEvent.Test), (sent.Outcome, sent.Answer, sent.Channel, sent.Alert.Event));
        Assert.Equal("test", Assert.Single(Web.Requests).Json.GetProperty("event").GetString());
        Assert.Empty(workspace.GetAlerts(null, 10));
        Assert.Equal(["ops", "slack"], workspace.SelectChannels(null).Select(static one => one.Name));
        Assert.Equal(ErrorIds.ChannelNotFound, Assert.Throws<HostingException>(() => workspace.SelectChannels(["nosuch"])).ErrorId);
        await using var none = Open();
        Assert.Equal(ErrorIds.ChannelNotFound, Assert.Throws<HostingException>(() => none.SelectChannels(null)).ErrorId);
    }

    [Fact]
    public async Task A_test_leaves_no_incident_open_at_PagerDuty_and_says_when_it_does()
    {
        await using var workspace = Open(Web.Channel(NotificationPreset.PagerDuty, "v2/enqueue") with { Token = "hunter2hunter2" });
        var (name, channel) = Assert.Single(workspace.SelectChannels(null));

        Assert.Equal(AlertDeliveryOutcome.Sent, (await workspace.TestAlertAsync(name, channel, null, default)).Outcome);
        var posts = Web.Requests.Select(static request => request.Json).ToArray();
        Assert.Equal(["trigger", "resolve"], posts.Select(static post => post.GetProperty("event_action").GetString()));
        Assert.Single(posts.Select(static post => post.GetProperty("dedup_key").GetString()).Distinct());

        Web.Answer = static n => WebReceiver.Status(n == 3 ? 202 : 403);
        Assert.Equal(AlertDeliveryOutcome.Undelivered, (await workspace.TestAlertAsync(name, channel, null, default)).Outcome);
    }

    private HostingWorkspace Open(params NotificationChannel[] channels) =>
        HostingWorkspace.Open(Inventory(channels), new WorkspaceOptions { StatePath = World.StatePath, Time = World.Time }, World.Said);

    private static HostingInventory Inventory(NotificationChannel[] channels) => AlertWorld.Inventory(channels);
}
