using HostingOps.Engine.State;
using HostingOps.Engine.Tests.State;
using HostingOps.Engine.Watch;
using HostingOps.Engine.Watch.Verdicts;
using HostingOps.Testing;

namespace HostingOps.Engine.Tests.Watch.Maintenance;

public sealed class WatchKeeperTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly ManualTimeProvider clock = Journals.Clock();
    private readonly StateDatabase database;

    public WatchKeeperTests() => database = folder.Open(clock);

    public void Dispose()
    {
        database.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void What_is_remembered_of_a_host_name_is_not_true_of_another_machine_under_it()
    {
        var keeper = new WatchKeeper(database, SilentReporter.Instance, clock, new WatchOptions());
        var register = new WatchRegister(database);
        var site = TestSites.Acme();
        var down = TargetVerdict.Initial with { State = WatchState.Down, DownSince = clock.GetUtcNow(), ObservedAt = clock.GetUtcNow() };
        register.Save(Journals.Zone, [
            new WatchedTarget(new WatchTarget(site, site.Primary, WatchRole.Active), down, null, null),
            new WatchedTarget(new WatchTarget(site, site.Secondary, WatchRole.Standby), down, null, null)]);
        Assert.Equal(["do-1", "li-1"], Held(site));
        Assert.Equal(["do-1", "li-1"], Held(site with { Primary = site.Primary with { Ssh = "root@elsewhere" } }));
        Assert.Equal(["li-1"], Held(site with { Primary = site.Primary with { Address = "203.0.113.99" } }));
        Assert.Equal(["li-1"], Held(site with { Primary = site.Primary with { AddressV6 = "2001:db8::99" } }));
        Assert.Equal(["li-1"], Held(site with { Primary = site.Primary with { ConnectTo = new Dictionary<int, string> { [443] = "127.0.0.1:8443" } } }));

        // A version that did not keep it.
        database.Write(static transaction => transaction.Execute("UPDATE watch_targets SET leads_to = NULL"));
        Assert.Equal(["do-1", "li-1"], Held(site with { Primary = site.Primary with { Address = "203.0.113.99" } }));

        IEnumerable<string> Held(HostedSite now) =>
            keeper.Verdicts(new HostingInventory { Zone = Journals.Zone, Sites = [now] }).Where(static held => held.Value.State == WatchState.Down).Select(static held => held.Key.Host).Order();
    }

    [Fact]
    public void What_holds_is_the_pause_in_the_state_database_else_the_window_of_the_inventory_in_use()
    {
        var keeper = new WatchKeeper(database, SilentReporter.Instance, clock, new WatchOptions());
        var now = clock.GetUtcNow();
        var inventory = new HostingInventory
        {
            Zone = Journals.Zone,
            Maintenance = [new MaintenanceWindow { Reason = "rack", From = now, To = now.AddHours(1), Hosts = ["do-1"] }],
        };
        Assert.Equal((Circumstance.None, Circumstance.None), Both());

        keeper.ReadPauses(inventory);
        Assert.Equal((Circumstance.Maintenance, Circumstance.None), Both());

        new PauseRegister(database).Pause(Journals.Zone, "acme", "ada@desk", "moving", null);
        keeper.ReadPauses(inventory);
        Assert.Equal((Circumstance.Paused, Circumstance.Paused), Both());

        new PauseRegister(database).Resume(Journals.Zone, "acme");
        keeper.ReadPauses(inventory with { Maintenance = [] });
        Assert.Equal((Circumstance.None, Circumstance.None), Both());

        (Circumstance Active, Circumstance Standby) Both() => (
            keeper.CircumstanceOf(new WatchTarget(TestSites.Acme(), TestSites.DigitalOcean, WatchRole.Active), now),
            keeper.CircumstanceOf(new WatchTarget(TestSites.Acme(), TestSites.Linode, WatchRole.Standby), now));
    }
}
