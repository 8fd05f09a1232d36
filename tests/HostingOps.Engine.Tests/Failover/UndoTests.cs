using HostingOps.Engine.Failover;
using HostingOps.Engine.State;
using Microsoft.Data.Sqlite;

namespace HostingOps.Engine.Tests.Failover;

/// <summary>The way back, and the way back from it.</summary>
public sealed class UndoTests
{
    [Fact]
    public async Task An_undo_can_be_undone_and_by_name_the_newest_switch_is_taken_back()
    {
        await using var world = await FailoverWorld.StartAsync();
        var here = world.Machine();
        await here.SwitchOverAsync();

        var back = Assert.Single(await UndoAsync(here, null, ["site1"]));
        var live = await world.LiveAsync("site1");
        var again = Assert.Single(await UndoAsync(here, null, ["site1"]));

        Assert.Equal((FailoverOutcome.Succeeded, "do-1"), (back.Outcome, live));
        Assert.Equal((FailoverOutcome.Succeeded, back.OperationId), (again.Outcome, here.GetHistory(new HistoryFilter()).First().UndoOf));
        Assert.Equal("li-1", await world.LiveAsync("site1"));
    }

    [Fact]
    public async Task Undo_by_name_is_about_the_inventorys_own_zone()
    {
        await using var world = await FailoverWorld.StartAsync();
        var here = world.Machine();
        await here.SwitchOverAsync();
        using (var state = StateDatabase.Open(world.StateOf("here"), TimeProvider.System))
        {
            var journal = new FailoverJournal(state);
            var plan = HostingOps.Engine.Tests.State.Journals.Plan("site1") with { Zone = "other.example" };
            var id = journal.Begin(HostingOps.Engine.Tests.State.Journals.Operation() with { Zone = "other.example", StartedAt = DateTimeOffset.UtcNow, Sites = [new JournalSite("site1", plan)] });
            journal.Finish(id, "site1", FailoverOutcome.Succeeded, "Moved.", null, null);
        }

        Assert.Equal(FailoverOutcome.Succeeded, Assert.Single(await UndoAsync(here, null, ["site1"])).Outcome);
        Assert.Equal("do-1", await world.LiveAsync("site1"));
    }

    [Fact]
    public async Task Undo_of_nothing_named_is_an_error()
    {
        await using var world = await FailoverWorld.StartAsync();
        var here = world.Machine();
        await here.SwitchOverAsync();

        var error = await Assert.ThrowsAsync<HostingException>(() => UndoAsync(here, null, null));

        Assert.Equal(ErrorIds.InvalidArgument, error.ErrorId);
    }

    [Fact]
    public async Task A_journal_that_was_edited_is_not_undone_by_name_either()
    {
        await using var world = await FailoverWorld.StartAsync();
        var here = world.Machine();
        await here.SwitchOverAsync();
        await EditAsync(world, "UPDATE operation_sites SET plan_json = replace(plan_json, '203.0.113.10', '203.0.113.66')");

        var error = await Assert.ThrowsAsync<HostingException>(() => UndoAsync(here, null, ["site1"]));

        Assert.Equal(ErrorIds.JournalTampered, error.ErrorId);
    }

    [Fact]
    public async Task A_site_that_left_the_inventory_is_named_and_the_others_go_back()
    {
        await using var world = await FailoverWorld.StartAsync(sites: 2);
        var id = (await world.Machine().SwitchOverAsync())[0].OperationId;
        var warnings = new List<string>();
        var later = world.Machine(reporter: new Collecting(warnings), shape: static inventory => inventory with { Sites = [inventory.Sites[0]] });
        var without = world.Machine(shape: static inventory => inventory with { Sites = [inventory.Sites[0] with { Name = "another", Record = "another.sites.example.net" }] });

        var error = await Assert.ThrowsAsync<HostingException>(() => UndoAsync(without, id, null));
        var back = Assert.Single(await UndoAsync(later, id, null));

        Assert.Equal(ErrorIds.OperationNotUndoable, error.ErrorId);
        Assert.Contains("site2", error.Message, StringComparison.Ordinal);
        Assert.Equal(("site1", FailoverOutcome.Succeeded), (back.SiteName, back.Outcome));
        Assert.Contains(warnings, static warning => warning.Contains("site2", StringComparison.Ordinal));
        Assert.Equal("li-1", await world.LiveAsync("site2"));
    }

    [Fact]
    public async Task A_record_set_by_hand_over_a_strangers_address_goes_back_to_that_address()
    {
        await using var world = await FailoverWorld.StartAsync();
        var stranger = TestSites.DigitalOcean with { Name = "old-1", Address = "192.0.2.9" };
        var former = world.Machine("former", shape: inventory => inventory with { Sites = [inventory.Sites[0] with { Primary = stranger }] });
        await former.RunAsync([.. await former.PlanManualAsync(former.Inventory.Sites, "old-1", null, CancellationToken.None).ToListAsync()]);
        var here = world.Machine();
        var set = Assert.Single(await here.RunAsync([.. await here.PlanManualAsync(here.Inventory.Sites, "li-1", null, CancellationToken.None).ToListAsync()]));

        var back = Assert.Single(await UndoAsync(here, set.OperationId, null));
        var target = Assert.Single(await here.GetDnsTargetsAsync(here.Inventory.Sites, CancellationToken.None).ToListAsync());

        Assert.Equal(FailoverOutcome.Succeeded, back.Outcome);
        Assert.Contains("192.0.2.9", back.Reason, StringComparison.Ordinal);
        Assert.Equal(["192.0.2.9"], Assert.Single(target.RecordSets).Values);
    }

    private static async Task<List<FailoverResult>> UndoAsync(HostingWorkspace workspace, string? operationId, IReadOnlyList<string>? sites) =>
        await workspace.RunAsync([.. await workspace.PlanUndoAsync(operationId, sites, new PlanOptions(), CancellationToken.None).ToListAsync()]);

    private static async Task EditAsync(FailoverWorld world, string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={world.StateOf("here")};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        Assert.True(await command.ExecuteNonQueryAsync() > 0);
    }

    private sealed class Collecting(List<string> warnings) : IOperationReporter
    {
        public void Progress(OperationProgress progress)
        {
        }

        public void Verbose(string message)
        {
        }

        public void Warning(string message) => warnings.Add(message);
    }
}
