using HostingOps.Engine.Failover;
using HostingOps.Engine.State;

namespace HostingOps.Engine.Tests.Failover;

/// <summary>
/// The process dies at every point where the engine looks at its clock, which it does before and after each step and each
/// journal entry. Another process then resumes, and the world must be as if nothing had happened.
/// </summary>
public sealed class CrashTests
{
    // Hundreds of them are run: the least that there is.
    private static readonly string[] Program = OperatingSystem.IsWindows() ? ["cmd", "/c", "exit"] : ["true"];

    [Fact]
    public async Task Wherever_the_process_dies_resume_finishes_the_switch_exactly_once()
    {
        var points = 0;
        var resumed = 0;
        for (var point = 1; ; point++)
        {
            await using var world = await FailoverWorld.StartAsync(sites: 2, WithHooks);
            var plans = await world.Machine().PlanAsync(new PlanOptions { Planned = true });
            var dying = new DyingClock(point);
            var died = await DiesAsync(() => world.Machine(time: dying).RunAsync([.. plans]));
            if (!died)
            {
                break;
            }

            points++;
            var next = world.Machine();
            var open = next.GetHistory(new HistoryFilter { ResumableOnly = true });
            var results = await next.ResumeAllAsync();
            resumed += results.Count;

            Assert.Equal(open.Count, results.Count);
            Assert.All(results, result => Assert.True(result.Outcome == FailoverOutcome.Succeeded, $"Death at {point}: {result.Outcome} {result.Reason}"));
            Assert.Empty(next.GetHistory(new HistoryFilter { ResumableOnly = true }));
            var history = next.GetHistory(new HistoryFilter());
            var live = await world.LiveAsync();

            // Either nothing was begun, and nothing has moved, or all of it was finished.
            Assert.All(live, site => Assert.Equal(history.Count == 0 ? "do-1" : "li-1", site.Value));
            Assert.True(Accepted(world) <= 1, $"Death at {point}: {Accepted(world)} switches were accepted.");
            using var state = StateDatabase.Open(world.StateOf("here"), TimeProvider.System);
            Assert.True(new FailoverJournal(state).Verify().Intact);
        }

        Assert.True(points >= 15, $"Only {points} points of death were met.");
        Assert.True(resumed > 0);
    }

    [Fact]
    public async Task A_hook_that_had_ended_is_not_run_again()
    {
        await using var world = await FailoverWorld.StartAsync(shape: WithHooks);
        var plans = await world.Machine().PlanAsync(new PlanOptions { Planned = true });
        world.Sandbox.Faults.FailNext("ChangeResourceRecordSets", HostingOps.Sandbox.Api.SandboxApiFault.ConnectionLostBefore, 50);
        world.Sandbox.Faults.FailNext("ListResourceRecordSets", HostingOps.Sandbox.Api.SandboxApiFault.ConnectionLostBefore, 50);
        await world.Machine().RunAsync([.. plans]);
        world.Sandbox.Faults.Clear();

        var resumed = Assert.Single(await world.Machine().ResumeAllAsync());
        using var state = StateDatabase.Open(world.StateOf("here"), TimeProvider.System);
        var promotions = new FailoverJournal(state).Entries(resumed.OperationId!)
            .Count(static entry => entry is { Step: FailoverStep.Promote, Moment: JournalMoment.Started });

        Assert.Equal(FailoverOutcome.Succeeded, resumed.Outcome);
        Assert.Equal(1, promotions);
    }

    [Fact]
    public async Task What_was_not_switched_and_is_no_longer_right_is_refused_on_resume()
    {
        await using var world = await FailoverWorld.StartAsync();
        var plans = await world.Machine().PlanAsync(new PlanOptions { Planned = true });
        await CutOffBeforeTheSwitchAsync(world, plans);
        world.Sandbox.StopHost("li-1");

        var resumed = Assert.Single(await world.Machine().ResumeAllAsync());

        Assert.Equal((FailoverOutcome.Refused, ErrorIds.FailoverRefused), (resumed.Outcome, resumed.ErrorId));
        Assert.Equal("do-1", await world.LiveAsync("site1"));
    }

    [Fact]
    public async Task What_somebody_else_switched_meanwhile_is_a_conflict_on_resume()
    {
        await using var world = await FailoverWorld.StartAsync();
        var plans = await world.Machine().PlanAsync(new PlanOptions { Planned = true });
        await CutOffBeforeTheSwitchAsync(world, plans);
        var other = Assert.Single(await world.Machine("other").SwitchOverAsync());

        var resumed = Assert.Single(await world.Machine().ResumeAllAsync());

        Assert.Equal(FailoverOutcome.Conflict, resumed.Outcome);
        Assert.Contains(other.OperationId!, resumed.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_finished_operation_can_not_be_resumed_and_an_unknown_one_neither()
    {
        await using var world = await FailoverWorld.StartAsync();
        var here = world.Machine();
        var done = Assert.Single(await here.SwitchOverAsync());

        var finished = await Assert.ThrowsAsync<HostingException>(
            () => here.ResumeAsync(done.OperationId, null, new InvokeOptions(), CancellationToken.None).ToListAsync());
        var unknown = await Assert.ThrowsAsync<HostingException>(
            () => here.ResumeAsync("01ZZZZZZZZZZZZZZZZZZZZZZZZ", null, new InvokeOptions(), CancellationToken.None).ToListAsync());

        Assert.Equal(ErrorIds.OperationNotResumable, finished.ErrorId);
        Assert.Equal(ErrorIds.OperationNotFound, unknown.ErrorId);
    }

    [Fact]
    public async Task An_interrupt_while_waiting_for_INSYNC_ends_at_once_and_leaves_a_resumable_journal()
    {
        await using var world = await FailoverWorld.StartAsync(propagation: TimeSpan.FromSeconds(3));
        var reporter = new InterruptingReporter("Waiting for INSYNC");
        var here = world.Machine(reporter: reporter);
        var plans = await here.PlanAsync(new PlanOptions { Planned = true });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => here.InvokeAsync(plans, new InvokeOptions(), reporter.Token).ToListAsync());
        var entry = here.GetHistory(new HistoryFilter { ResumableOnly = true }).Single();
        var resumed = Assert.Single(await world.Machine().ResumeAllAsync());

        Assert.Equal(FailoverStep.Sync, entry.LastStep);
        Assert.Equal(FailoverOutcome.Succeeded, resumed.Outcome);
        Assert.Equal(1, world.Sandbox.ApiCalls["ChangeResourceRecordSets"]);
    }

    private static HostingInventory WithHooks(HostingInventory inventory) => inventory with
    {
        Sites = [.. inventory.Sites.Select(static site => site with
        {
            Hooks = new SiteHooks
            {
                Fence = [new Hook { Argv = Program }],
                Promote = [new Hook { Argv = Program }],
                After = [new Hook { Argv = Program }],
            },
        })],
    };

    private static async Task CutOffBeforeTheSwitchAsync(FailoverWorld world, IReadOnlyList<SiteFailoverPlan> plans)
    {
        // Death at the second look at the clock within the operation: begun in the journal, and not yet switched.
        for (var point = 1; ; point++)
        {
            Assert.True(await DiesAsync(() => world.Machine(time: new DyingClock(point)).RunAsync([.. plans])));
            if (world.Machine().GetHistory(new HistoryFilter { ResumableOnly = true }).Count > 0)
            {
                Assert.DoesNotContain("ChangeResourceRecordSets", world.Sandbox.ApiCalls.Keys);
                return;
            }
        }
    }

    private static int Accepted(FailoverWorld world) => world.Sandbox.ApiCalls.GetValueOrDefault("ChangeResourceRecordSets");

    private static async Task<bool> DiesAsync(Func<Task> work)
    {
        try
        {
            await work();
            return false;
        }
        catch (ProcessDiedException)
        {
            return true;
        }
        catch (HostingException error) when (error.InnerException is ProcessDiedException)
        {
            return true;
        }
        catch (AggregateException error) when (error.Flatten().InnerExceptions.All(static inner => inner is ProcessDiedException))
        {
            return true;
        }
    }

    private sealed class ProcessDiedException() : Exception("The process is dead.");

    /// <summary>A clock that kills its process at the given look at the time, and at every look after it.</summary>
    private sealed class DyingClock(int point) : TimeProvider
    {
        private int looks;

        public override DateTimeOffset GetUtcNow() =>
            Interlocked.Increment(ref looks) >= point ? throw new ProcessDiedException() : base.GetUtcNow();
    }

    private sealed class InterruptingReporter(string activity) : IOperationReporter
    {
        private readonly CancellationTokenSource source = new();

        public CancellationToken Token => source.Token;

        public void Progress(OperationProgress progress)
        {
            if (progress.Activity == activity)
            {
                source.Cancel();
            }
        }

        public void Verbose(string message)
        {
        }

        public void Warning(string message)
        {
        }
    }
}
