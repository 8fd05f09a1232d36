using HostingOps.Engine.State;
using Microsoft.Data.Sqlite;

namespace HostingOps.Engine.Tests.Apex.Recovery;

/// <summary>What the journal tells of moves and recoveries.</summary>
public sealed class ApexHistoryTests
{
    [Fact]
    public async Task Moves_and_recoveries_are_there_newest_first_with_their_instances_and_steps()
    {
        await using var world = await Recoveries.StartAsync();
        var (old, machine) = (await world.HolderAsync(), world.Machine());
        var restored = await world.RestoreAsync(world.Ways(planned: true), machine);
        var back = await machine.ElasticIps.PlanMoveAsync(null, old!, true, CancellationToken.None);
        var moved = await machine.ElasticIps.MoveAsync(back, world.Options(), CancellationToken.None);

        var history = machine.GetApexHistory(new ApexHistoryFilter());

        // The recovery's own move of the address is an operation too.
        Assert.Equal(
            [(ApexOperationKind.Move, moved.OperationId!, "Moved"), (ApexOperationKind.Move, history[1].OperationId, "Moved"), (ApexOperationKind.Restore, restored.OperationId!, "Restored")],
            history.Select(static entry => (entry.Kind, entry.OperationId, entry.Outcome)));
        Assert.Equal((restored.NewInstanceId, old), (history[0].From, history[0].To));
        var recovery = history[2];
        Assert.Equal((old, restored.NewInstanceId, restored.Reason, "Finish"), (recovery.From, recovery.To, recovery.Reason, recovery.LastStep));
        Assert.Equal((ApexWorld.Elastic, restored.AllocationId, "eu-west-1", world.Sandbox.EndpointUrl), (recovery.PublicIp, recovery.AllocationId, recovery.Region, recovery.EndpointUrl));
        Assert.False(recovery.Resumable);
        Assert.NotNull(recovery.EndedAt);
        Assert.Equal(["Plan", "Launch", "Boot", "Test", "Move", "Verify", "Finish"], recovery.Timeline.Select(static entry => entry.Step).Distinct());
        Assert.Contains(recovery.Timeline, static entry => entry is { Step: "Test", Text: "started." });
        Assert.Contains(recovery.Timeline, static entry => entry.Step == "Test" && entry.Text.StartsWith("done: 3 redirects are right", StringComparison.Ordinal));
        Assert.Equal(recovery.Timeline.Select(static entry => entry.Elapsed).Order(), recovery.Timeline.Select(static entry => entry.Elapsed));

        Assert.Equal(history[0].OperationId, Assert.Single(machine.GetApexHistory(new ApexHistoryFilter { First = 1 })).OperationId);
        Assert.Equal(recovery.OperationId, Assert.Single(machine.GetApexHistory(new ApexHistoryFilter { OperationId = recovery.OperationId.ToLowerInvariant() })).OperationId);
        Assert.Equal(3, machine.GetApexHistory(new ApexHistoryFilter { OperationId = recovery.OperationId[..4], Address = recovery.AllocationId }).Count);
        Assert.Equal(2, machine.GetApexHistory(new ApexHistoryFilter { Address = ApexWorld.Elastic, Since = history[1].StartedAt }).Count);
        Assert.Empty(machine.GetApexHistory(new ApexHistoryFilter { Address = "198.51.100.98" }));
        Assert.Empty(machine.GetApexHistory(new ApexHistoryFilter { ResumableOnly = true }));
    }

    [Fact]
    public async Task One_that_did_not_end_is_in_progress_says_what_came_last_and_can_be_resumed()
    {
        await using var world = await Recoveries.StartAsync(shape: static timings => timings with { InstanceBoot = TimeSpan.FromHours(1) });
        var machine = world.Machine();
        var result = await world.RestoreAsync(world.Ways(planned: true) with { ServeTimeout = TimeSpan.FromMilliseconds(50) }, machine);

        var open = Assert.Single(machine.GetApexHistory(new ApexHistoryFilter { ResumableOnly = true }));

        Assert.Equal((result.OperationId, "InProgress", result.NewInstanceId, "Boot", true), (open.OperationId, open.Outcome, open.To, open.LastStep, open.Resumable));
        Assert.StartsWith($"It has not ended. Boot failed: {result.NewInstanceId} runs, but does not serve", open.Reason);
        Assert.Null(open.EndedAt);
    }

    [Fact]
    public async Task A_journal_that_was_edited_is_not_shown_as_if_it_were_true()
    {
        await using var world = await Recoveries.StartAsync();
        var machine = world.Machine();
        await world.RestoreAsync(world.Ways(planned: true), machine);
        await using (var database = new SqliteConnection($"Data Source={world.StateOf("here")};Pooling=False"))
        {
            database.Open();
            using var edit = database.CreateCommand();
            edit.CommandText = "UPDATE apex_operations SET reason = 'All was well.' WHERE kind = 'Restore'";
            Assert.Equal(1, edit.ExecuteNonQuery());
        }

        Assert.Equal(ErrorIds.JournalTampered, Assert.Throws<HostingException>(() => machine.GetApexHistory(new ApexHistoryFilter())).ErrorId);
    }
}
