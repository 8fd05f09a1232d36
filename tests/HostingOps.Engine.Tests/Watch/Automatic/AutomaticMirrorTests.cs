using HostingOps.Engine.Watch;
using HostingOps.Soak;
using HostingOps.Testing;

namespace HostingOps.Engine.Tests.Watch.Automatic;

/// <summary>A watcher that moves sites by itself goes by the gate MirrorFresh as everybody does.</summary>
public sealed class AutomaticMirrorTests
{
    private static readonly HealthCheckPolicy Quick = new()
    {
        Interval = TimeSpan.FromSeconds(1),
        Timeout = TimeSpan.FromSeconds(2),
        ConfirmInterval = TimeSpan.FromMilliseconds(700),
    };

    [SkippableFact]
    public async Task A_site_whose_standby_has_no_fresh_mirror_stays_and_its_neighbour_moves()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "A silent port is made by a full backlog, which Linux answers with silence.");
        using var folder = new TemporaryFolder();
        await using var fleet = await SoakFleet.StartAsync(3, 1, Quick, 0, folder.Path, new Random(1));
        var inventory = fleet.Inventory with
        {
            // Both live on a-1. The sandbox knows of no mirror, and answers with a page.
            Sites = [.. fleet.Inventory.Sites.Select(static site => site.Name == "site1" ? site with { Mirror = MirrorSettings.Default } : site)],
            Notifications = [new NotificationChannel { Name = "nobody", Command = ["true"], On = ["failover"] }],
        };
        await using var machine = HostingWorkspace.Open(inventory, new WorkspaceOptions { StatePath = folder.Combine("one.db") }, SilentReporter.Instance);
        using var end = new CancellationTokenSource();
        var watching = machine.NewWatcher(new WatchOptions()).RunAsync(end.Token);
        await UntilAsync(async () => (await fleet.LiveAsync())["site3"] == "a-1");
        await Task.Delay(1500);

        fleet.Lines["a-1"].Cut();
        await UntilAsync(async () => (await fleet.LiveAsync())["site3"] == "b-1");
        await UntilAsync(() => Task.FromResult(machine.GetAlerts(null, 100).Any(static delivery =>
            delivery.Alert.Title.Contains("site1", StringComparison.Ordinal) && delivery.Alert.Title.Contains("MirrorFresh", StringComparison.Ordinal))));
        await end.CancelAsync();
        await watching.WaitAsync(Eventually.Patience);

        Assert.Equal("a-1", (await fleet.LiveAsync())["site1"]);
    }

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        for (var i = 0; i < 900 && !await condition(); i++)
        {
            await Task.Delay(200);
        }

        Assert.True(await condition());
    }
}
