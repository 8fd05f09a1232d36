using HostingOps.Engine.Failover;
using HostingOps.Engine.Tests.Failover;
using HostingOps.Engine.Watch;
using HostingOps.Soak;
using HostingOps.Testing;

namespace HostingOps.Engine.Tests.Watch.Automatic;

/// <summary>Several watchers over one zone, with a real sandbox.</summary>
public sealed class WatchRaceTests
{
    private static readonly HealthCheckPolicy Quick = new()
    {
        Interval = TimeSpan.FromSeconds(1),
        Timeout = TimeSpan.FromSeconds(2),
        ConfirmInterval = TimeSpan.FromMilliseconds(700),
    };

    [SkippableFact]
    public async Task Of_two_machines_that_watch_one_zone_each_site_is_switched_by_one()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "A silent port is made by a full backlog, which Linux answers with silence.");
        using var folder = new TemporaryFolder();
        await using var fleet = await SoakFleet.StartAsync(12, 2, Quick, 0, folder.Path, new Random(1));
        await using var one = Machine(fleet, folder, "one");
        await using var other = Machine(fleet, folder, "other");
        using var end = new CancellationTokenSource();
        Task[] watching = [one.NewWatcher(new WatchOptions()).RunAsync(end.Token), other.NewWatcher(new WatchOptions()).RunAsync(end.Token)];
        await Task.Delay(1500);
        var before = await fleet.LiveAsync();
        var dying = before.Where(static pair => pair.Value == "a-1").Select(static pair => pair.Key).ToArray();

        fleet.Lines["a-1"].Cut();
        await UntilAsync(async () => (await fleet.LiveAsync()).Values.All(static host => host != "a-1"));
        await UntilAsync(() => Task.FromResult(Ended(one).Concat(Ended(other)).Count() >= dying.Length));
        await end.CancelAsync();
        await Task.WhenAll(watching).WaitAsync(Eventually.Patience);

        Assert.Equal(dying.Order(), Ended(one).Concat(Ended(other)).Order());
        Assert.Equal(
            before.Select(static pair => (pair.Key, pair.Value == "a-1" ? "b-1" : pair.Value)).Order(),
            (await fleet.LiveAsync()).Select(static pair => (pair.Key, pair.Value)).Order());
    }

    [SkippableFact]
    public async Task A_second_watcher_of_one_state_is_refused()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "A silent port is made by a full backlog, which Linux answers with silence.");
        using var folder = new TemporaryFolder();
        await using var fleet = await SoakFleet.StartAsync(1, 1, Quick, 0, folder.Path, new Random(1));
        await using var one = Machine(fleet, folder, "one");
        await using var other = Machine(fleet, folder, "one");
        using var end = new CancellationTokenSource();
        var ready = new TaskCompletionSource();
        var watching = one.NewWatcher(new WatchOptions { Moment = moment => _ = moment == WatchMoment.Ready && ready.TrySetResult() }).RunAsync(end.Token);
        await ready.Task.WaitAsync(TimeSpan.FromSeconds(60));

        var error = await Assert.ThrowsAsync<HostingException>(() => other.NewWatcher(new WatchOptions()).RunAsync(CancellationToken.None).WaitAsync(Eventually.Patience));

        Assert.Equal(ErrorIds.WatcherBusy, error.ErrorId);
        await end.CancelAsync();
        await watching.WaitAsync(Eventually.Patience);
    }

    private static HostingWorkspace Machine(SoakFleet fleet, TemporaryFolder folder, string name) =>
        HostingWorkspace.Open(fleet.Inventory, new WorkspaceOptions { StatePath = folder.Combine(name + ".db") }, SilentReporter.Instance);

    private static IEnumerable<string> Ended(HostingWorkspace machine) => machine.GetHistory(new HistoryFilter())
        .Where(static entry => entry.Outcome is FailoverOutcome.Succeeded or FailoverOutcome.SwitchedWithWarnings).Select(static entry => entry.SiteName);

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        for (var i = 0; i < 900 && !await condition(); i++)
        {
            await Task.Delay(200);
        }

        Assert.True(await condition());
    }
}
