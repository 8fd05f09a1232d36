using HostingOps.Engine.Failover;
using HostingOps.Sandbox.Api;
using HostingOps.Testing;

namespace HostingOps.Engine.Tests.Failover;

/// <summary>An operation that was cut off is taken back instead of resumed.</summary>
public sealed class UndoOfUnfinishedTests
{
    [Fact]
    public async Task One_that_had_switched_is_taken_back_and_can_not_be_resumed_any_more()
    {
        await using var world = await FailoverWorld.StartAsync(propagation: TimeSpan.FromSeconds(3));
        await InterruptAsync(world, "Waiting for INSYNC");
        var here = world.Machine();
        var open = here.GetHistory(new HistoryFilter { ResumableOnly = true }).Single();
        Assert.Equal("li-1", await world.LiveAsync("site1"));

        var result = Assert.Single(await UndoAsync(here, open.OperationId));

        Assert.Equal((FailoverKind.Undo, FailoverOutcome.Succeeded), (result.Kind, result.Outcome));
        Assert.Equal("do-1", await world.LiveAsync("site1"));
        Assert.Empty(await here.ResumeAllAsync());
        var original = here.GetHistory(new HistoryFilter { OperationId = open.OperationId }).Single();
        Assert.Equal(FailoverOutcome.SwitchedWithWarnings, original.Outcome);
        Assert.Contains(result.OperationId!, original.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_had_not_switched_is_given_up_and_nothing_moves()
    {
        await using var world = await FailoverWorld.StartAsync();
        await InterruptAsync(world, "Sending batch");
        var here = world.Machine();
        var open = here.GetHistory(new HistoryFilter { ResumableOnly = true }).Single();

        var result = Assert.Single(await UndoAsync(here, open.OperationId));

        Assert.Equal(FailoverOutcome.Unchanged, result.Outcome);
        Assert.Contains("given up", result.Reason, StringComparison.Ordinal);
        Assert.Empty(await here.ResumeAllAsync());
        Assert.Equal("do-1", await world.LiveAsync("site1"));
        Assert.DoesNotContain("ChangeResourceRecordSets", world.Sandbox.ApiCalls.Keys);
        Assert.Equal(FailoverOutcome.Failed, here.GetHistory(new HistoryFilter { OperationId = open.OperationId }).Single().Outcome);
    }

    [Fact]
    public async Task One_that_still_runs_is_left_alone()
    {
        await using var world = await FailoverWorld.StartAsync();
        using var interrupt = new CancellationTokenSource();
        var running = world.Machine();
        world.Sandbox.Faults.FailNext("GetChange", SandboxApiFault.Throttled, 500);
        var operation = running.InvokeAsync(await running.PlanAsync(new PlanOptions { Planned = true }), new InvokeOptions(), interrupt.Token).ToListAsync();
        var here = world.Machine();
        await Eventually.HoldsAsync(() => operation.IsCompleted || here.GetHistory(new HistoryFilter { ResumableOnly = true }) is [{ LastStep: FailoverStep.Sync }]);

        var open = here.GetHistory(new HistoryFilter { ResumableOnly = true }).Single();
        var result = Assert.Single(await UndoAsync(here, open.OperationId));
        var stillOpen = here.GetHistory(new HistoryFilter { ResumableOnly = true }).Count;
        world.Sandbox.Faults.Clear();

        Assert.Equal((FailoverOutcome.Conflict, ErrorIds.SiteBusy), (result.Outcome, result.ErrorId));
        Assert.Equal(1, stillOpen);
        Assert.Contains(Assert.Single(await operation.WaitAsync(Eventually.Patience)).Outcome, new[] { FailoverOutcome.Succeeded, FailoverOutcome.SwitchedWithWarnings });
    }

    private static async Task<List<FailoverResult>> UndoAsync(HostingWorkspace workspace, string operationId) => await workspace.RunAsync(
        [.. await workspace.PlanUndoAsync(operationId, null, new PlanOptions(), CancellationToken.None).ToListAsync()]);

    private static async Task InterruptAsync(FailoverWorld world, string point)
    {
        using var interrupt = new CancellationTokenSource();
        var cut = world.Machine(reporter: new Watcher(point, interrupt.Cancel));
        var plans = await cut.PlanAsync(new PlanOptions { Planned = true });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cut.InvokeAsync(plans, new InvokeOptions(), interrupt.Token).ToListAsync());
    }

    /// <summary>Does something when the engine says that it has come to a point.</summary>
    private sealed class Watcher(string point, Action act) : IOperationReporter
    {
        public void Progress(OperationProgress progress)
        {
            if (progress.Activity == point)
            {
                act();
            }
        }

        public void Verbose(string message)
        {
            if (message.StartsWith(point, StringComparison.Ordinal))
            {
                act();
            }
        }

        public void Warning(string message)
        {
        }
    }
}
