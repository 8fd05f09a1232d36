using HostingOps.Engine.State;
using HostingOps.Engine.Tests.Alerts;
using HostingOps.Engine.Watch.Incidents;
using static HostingOps.Engine.Tests.TestSites;

namespace HostingOps.Engine.Tests.Watch.Incidents;

/// <summary>What becomes of incidents that change while the state database can't be written.</summary>
public sealed class IncidentWritingTests : IAsyncDisposable
{
    private readonly AlertWorld world = new();
    private readonly StagedView view;
    private readonly IncidentDesk desk;

    public IncidentWritingTests()
    {
        view = new StagedView(world, AlertWorld.Inventory() with { Sites = [Acme()] });
        desk = new IncidentDesk(world.Room(view.Workspace.Inventory), world.Time);
        view.Set(Acme(), DigitalOcean, WatchState.Healthy);
    }

    public async ValueTask DisposeAsync()
    {
        await view.DisposeAsync();
        world.Dispose();
    }

    [Fact]
    public async Task One_that_passed_untold_while_it_could_not_be_written_does_not_keep_the_next_from_being_written()
    {
        await TurnAsync(WatchState.Down, 0);
        Rename("incidents", "gone");
        await TurnAsync(WatchState.Healthy, 1);
        Rename("gone", "incidents");
        await TurnAsync(WatchState.Healthy, 1);
        await TurnAsync(WatchState.Down, 60);
        await TurnAsync(WatchState.Down, 60);

        Assert.Equal(IncidentCause.Host, Assert.Single(view.Workspace.GetIncidents(openOnly: true, 10)).Cause);
        Assert.Single(world.Said.Warnings);
        await TurnAsync(WatchState.Healthy, 60);
        Assert.Empty(view.Workspace.GetIncidents(openOnly: true, 10));
    }

    [Fact]
    public async Task One_that_ended_while_it_could_not_be_written_has_ended_however_long_that_was()
    {
        await TurnAsync(WatchState.Down, 0);
        await TurnAsync(WatchState.Down, 60);
        Rename("incidents", "gone");
        for (var minute = 0; minute < 20; minute++)
        {
            await TurnAsync(WatchState.Healthy, 60);
        }

        Rename("gone", "incidents");
        await TurnAsync(WatchState.Healthy, 60);
        await TurnAsync(WatchState.Healthy, 60);

        Assert.Empty(view.Workspace.GetIncidents(openOnly: true, 10));
        var ended = Assert.Single(view.Workspace.GetIncidents(openOnly: false, 10), static incident => incident.Cause == IncidentCause.Host);
        Assert.Equal(world.Time.GetUtcNow().AddMinutes(-21), ended.ClosedAt);
    }

    private async Task TurnAsync(WatchState state, int seconds)
    {
        world.Time.Advance(TimeSpan.FromSeconds(seconds));
        view.Set(Acme(), DigitalOcean, state);
        await desk.TurnAsync(view, IncidentTiming.Default, default);
    }

    // As a disk that is full, or somebody who holds the lock for long.
    private void Rename(string table, string name)
    {
        using var other = StateDatabase.Open(world.StatePath, world.Time);
        other.Write(transaction => transaction.Execute($"ALTER TABLE {table} RENAME TO {name}"));
    }
}
