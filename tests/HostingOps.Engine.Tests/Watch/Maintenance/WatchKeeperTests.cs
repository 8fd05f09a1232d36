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
