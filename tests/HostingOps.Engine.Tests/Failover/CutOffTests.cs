using HostingOps.Engine.Failover;
using HostingOps.Engine.State;
using Microsoft.Data.Sqlite;

namespace HostingOps.Engine.Tests.Failover;

/// <summary>Operations that break off in the middle for another reason than a dead process, and those that take them up.</summary>
public sealed class CutOffTests
{
    [Fact]
    public async Task A_journal_that_fails_after_the_switch_says_what_is_switched_and_how_to_go_on()
    {
        await using var world = await FailoverWorld.StartAsync();
        var here = world.Machine(reporter: new Interposing("Sending batch", () => Sql(
            world, "CREATE TRIGGER full_disk BEFORE INSERT ON entries BEGIN SELECT RAISE(FAIL, 'no room'); END")));
        var plans = await here.PlanAsync(new PlanOptions { Planned = true });

        var error = await Assert.ThrowsAsync<HostingException>(() => here.RunAsync([.. plans]));
        Sql(world, "DROP TRIGGER full_disk");
        var next = world.Machine();
        var open = next.GetHistory(new HistoryFilter { ResumableOnly = true }).Single();
        var resumed = Assert.Single(await next.ResumeAllAsync());

        Assert.Equal(ErrorIds.StateUnavailable, error.ErrorId);
        Assert.Contains("1 switched (site1)", error.Message, StringComparison.Ordinal);
        Assert.Contains($"Resume-SiteFailover -OperationId {open.OperationId}", error.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal((FailoverOutcome.Succeeded, "li-1"), (resumed.Outcome, await world.LiveAsync("site1")));
        Assert.Equal(1, world.Sandbox.ApiCalls["ChangeResourceRecordSets"]);
    }

    [Fact]
    public async Task A_lost_lock_stops_the_work_with_an_error_and_not_as_if_the_operator_had_interrupted_it()
    {
        await using var world = await FailoverWorld.StartAsync(shape: static inventory => WithPromotion(inventory, "sleep", "30"));
        var plans = await world.Machine().PlanAsync(new PlanOptions { Planned = true });
        var here = world.Machine(time: new HastyTimers(), reporter: new Interposing("sleep 30", () => Sql(world, "DELETE FROM leases")));

        var error = await Assert.ThrowsAsync<HostingException>(() => here.RunAsync([.. plans]));

        Assert.Equal(ErrorIds.SiteBusy, error.ErrorId);
        Assert.Contains("1 not switched (site1)", error.Message, StringComparison.Ordinal);
        Assert.Equal("do-1", await world.LiveAsync("site1"));
    }

    [Fact]
    public async Task Many_that_resume_at_once_promote_and_switch_once()
    {
        await using var world = await FailoverWorld.StartAsync(shape: static inventory => WithPromotion(inventory, "dotnet", "--version"));
        var plans = await world.Machine().PlanAsync(new PlanOptions { Planned = true });
        await CutOffAsync(world, plans);

        var results = (await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => world.Machine().ResumeAllAsync()))).SelectMany(static list => list).ToArray();

        using var state = StateDatabase.Open(world.StateOf("here"), TimeProvider.System);
        var entries = new FailoverJournal(state).Entries(results[0].OperationId!);
        Assert.Single(entries, static entry => entry is { Step: FailoverStep.Promote, Moment: JournalMoment.Started });
        Assert.Single(entries, static entry => entry.Step == FailoverStep.Finish);
        Assert.Equal(1, world.Sandbox.ApiCalls["ChangeResourceRecordSets"]);
        Assert.All(results, static result => Assert.True(
            result.Outcome == FailoverOutcome.Succeeded || result.ErrorId == ErrorIds.SiteBusy, $"{result.Outcome}: {result.Reason}"));
    }

    [Fact]
    public async Task An_operation_of_another_endpoint_is_not_resumed_here()
    {
        await using var world = await FailoverWorld.StartAsync();
        await using var elsewhere = await FailoverWorld.StartAsync();
        await CutOffAsync(world, await world.Machine().PlanAsync(new PlanOptions { Planned = true }));
        await using var there = HostingWorkspace.Open(
            elsewhere.Sandbox.Inventory, new WorkspaceOptions { StatePath = world.StateOf("here") }, SilentReporter.Instance);

        var open = there.GetHistory(new HistoryFilter { ResumableOnly = true }).Single().OperationId;
        var unasked = await there.ResumeAllAsync();
        var error = await Assert.ThrowsAsync<HostingException>(
            () => there.ResumeAsync(open, null, new InvokeOptions(), CancellationToken.None).ToListAsync());

        Assert.Empty(unasked);
        Assert.Equal(ErrorIds.OperationNotResumable, error.ErrorId);
        Assert.Contains(world.Sandbox.EndpointUrl, error.Message, StringComparison.Ordinal);
        Assert.Equal(FailoverOutcome.Succeeded, Assert.Single(await world.Machine().ResumeAllAsync()).Outcome);
    }

    [Fact]
    public async Task A_site_that_left_the_inventory_does_not_keep_the_others_from_being_resumed()
    {
        await using var world = await FailoverWorld.StartAsync(sites: 2);
        await CutOffAsync(world, await world.Machine().PlanAsync(new PlanOptions { Planned = true }));
        var later = world.Machine(shape: static inventory => inventory with { Sites = [inventory.Sites[0]] });

        var results = await later.ResumeAllAsync();

        Assert.Equal(FailoverOutcome.Succeeded, results.Single(static result => result.SiteName == "site1").Outcome);
        Assert.Equal(ErrorIds.OperationNotResumable, results.Single(static result => result.SiteName == "site2").ErrorId);
        Assert.Equal("site2", later.GetHistory(new HistoryFilter { ResumableOnly = true }).Single().SiteName);
    }

    [Fact]
    public async Task A_conflict_after_the_hooks_says_that_they_had_run_and_what_the_record_is()
    {
        await using var world = await FailoverWorld.StartAsync(shape: static inventory => WithPromotion(inventory, "dotnet", "--version"));
        var here = world.Machine();
        var plans = await here.PlanAsync(new PlanOptions { Planned = true });
        await world.Machine("other").SwitchOverAsync();

        var result = Assert.Single(await here.RunAsync([.. plans]));

        Assert.Equal(FailoverOutcome.Conflict, result.Outcome);
        Assert.Contains("promote hooks had run", result.Reason, StringComparison.Ordinal);
        Assert.Equal(["198.51.100.7"], Assert.Single(result.After).Values);
    }

    private static HostingInventory WithPromotion(HostingInventory inventory, params string[] argv) => inventory with
    {
        Sites = [.. inventory.Sites.Select(site => site with { Hooks = new SiteHooks { Promote = [new Hook { Argv = argv }] } })],
    };

    // Begun in the journal, and the connection is lost for long before anything is switched.
    private static async Task CutOffAsync(FailoverWorld world, List<SiteFailoverPlan> plans)
    {
        using var interrupt = new CancellationTokenSource();
        var here = world.Machine(reporter: new Interposing("Sending batch", interrupt.Cancel));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => here.InvokeAsync(plans, new InvokeOptions(), interrupt.Token).ToListAsync());
        Assert.DoesNotContain("ChangeResourceRecordSets", world.Sandbox.ApiCalls.Keys);
    }

    private static void Sql(FailoverWorld world, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={world.StateOf("here")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>Does something when the engine says that it has come to a point.</summary>
    private sealed class Interposing(string at, Action act) : IOperationReporter
    {
        public void Progress(OperationProgress progress)
        {
        }

        public void Verbose(string message)
        {
            if (message.Contains(at, StringComparison.Ordinal))
            {
                act();
            }
        }

        public void Warning(string message)
        {
        }
    }

    /// <summary>Timers that come round again do so a hundred times faster: leases are renewed every 0.4 s.</summary>
    private sealed class HastyTimers : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            period > TimeSpan.Zero ? base.CreateTimer(callback, state, dueTime / 100, period / 100) : base.CreateTimer(callback, state, dueTime, period);
    }
}
