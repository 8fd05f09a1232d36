using HostingOps.Engine.Tests.Alerts;
using HostingOps.Engine.Watch;
using HostingOps.Engine.Watch.Incidents;
using HostingOps.Testing;
using static HostingOps.Engine.Tests.Alerts.AlertWorld;

namespace HostingOps.Engine.Tests.Watch.Incidents;

public sealed class LastAlertsTests : AlertTest
{
    [Theory]
    [InlineData(1, "1 alert was not sent before the watch ended; it is sent when it runs again. Get-HostingAlert lists what waits.")]
    [InlineData(2, "2 alerts were not sent before the watch ended; they are sent when it runs again. Get-HostingAlert lists what waits.")]
    public async Task What_could_not_be_sent_before_the_end_is_told_in_numbers(int alerts, string told)
    {
        Web.Answer = static _ => null;
        await using var view = new StagedView(World, AlertWorld.Inventory(Web.Channel()));
        var room = World.Room(view.Workspace.Inventory);
        for (var number = 1; number <= alerts; number++)
        {
            room.Post(Alert(incident: $"{number}"));
        }

        using var end = new CancellationTokenSource();
        var settling = Last(room).SettleAsync(view, end.Token);
        await Web.NextAsync();
        await end.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => settling.WaitAsync(Eventually.Patience));
        Assert.Equal(told, Assert.Single(World.Said.Warnings));
    }

    [Fact]
    public async Task Where_nothing_waits_there_is_nothing_to_tell()
    {
        await using var view = new StagedView(World, AlertWorld.Inventory(Web.Channel()));
        var room = World.Room(view.Workspace.Inventory);
        room.Post(Alert());
        await Last(room).SettleAsync(view, CancellationToken.None).WaitAsync(Eventually.Patience);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Last(room).SettleAsync(view, new CancellationToken(canceled: true)).WaitAsync(Eventually.Patience));
        Assert.Empty(World.Said.Warnings);
    }

    private IWatchListener Last(Engine.Alerts.AlertRoom room) => new LastAlerts(room, World.Said);
}
