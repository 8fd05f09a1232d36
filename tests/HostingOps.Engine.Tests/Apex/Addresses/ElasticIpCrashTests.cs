using HostingOps.Engine.Apex.Addresses;
using HostingOps.Engine.State;
using HostingOps.Sandbox.Api;
using Microsoft.Data.Sqlite;

namespace HostingOps.Engine.Tests.Apex.Addresses;

/// <summary>Lost answers, cut-off processes, lies and locks.</summary>
public sealed class ElasticIpCrashTests
{
    [Fact]
    public async Task An_answer_that_is_lost_is_looked_for_before_anything_is_repeated()
    {
        await using var world = await ApexWorld.StartAsync();
        var fresh = await world.RunningAsync();
        var addresses = world.Machine().ElasticIps;
        var plan = await addresses.PlanMoveAsync(null, fresh, true, CancellationToken.None);
        world.Sandbox.Faults.FailNext("AssociateAddress", SandboxApiFault.AnswerLost, 5);
        var result = await addresses.MoveAsync(plan, world.Options(), CancellationToken.None);
        Assert.Equal((ElasticIpMoveOutcome.Moved, ElasticIpProof.Identity), (result.Outcome, result.Proof));
        Assert.NotNull(result.AssociationId);
        Assert.NotNull(result.Undo);
    }

    [Fact]
    public async Task When_nobody_knows_the_result_says_so_and_the_next_run_finds_out()
    {
        await using var world = await ApexWorld.StartAsync();
        var fresh = await world.RunningAsync();
        var addresses = world.Machine().ElasticIps;
        var plan = await addresses.PlanMoveAsync(null, fresh, true, CancellationToken.None);
        world.Sandbox.Faults.FailNext("AssociateAddress", SandboxApiFault.ConnectionLostBefore, 50);
        var result = await addresses.MoveAsync(plan, world.Options(), CancellationToken.None);
        Assert.Equal((ElasticIpMoveOutcome.Unknown, ErrorIds.ChangeOutcomeUnknown), (result.Outcome, result.ErrorId));

        world.Sandbox.Faults.Clear();
        var again = await addresses.MoveAsync(
            await addresses.PlanMoveAsync(null, fresh, true, CancellationToken.None), world.Options(), CancellationToken.None);
        Assert.Equal(ElasticIpMoveOutcome.Moved, again.Outcome);
        var journal = world.JournalOf("here", out var database);
        using var _ = database;
        Assert.Empty(journal.Open(plan.AllocationId));
        Assert.Equal(["Moved", "Conflict"], journal.History(10).Select(static operation => operation.Outcome));
    }

    [Fact]
    public async Task A_process_that_dies_between_write_and_proof_is_finished_by_the_next_run_with_the_way_back()
    {
        await using var world = await ApexWorld.StartAsync();
        var (old, fresh) = (await world.HolderAsync(), await world.RunningAsync());
        using var dying = new CancellationTokenSource();
        var plan = await world.Machine().ElasticIps.PlanMoveAsync(null, fresh, true, CancellationToken.None);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => world.Machine().ElasticIps.MoveAsync(plan, world.Options(new Probe(() => dying.Cancel(), dying.Token)), dying.Token));

        var addresses = world.Machine().ElasticIps;
        var resumed = await addresses.MoveAsync(
            await addresses.PlanMoveAsync(null, fresh, true, CancellationToken.None), world.Options(), CancellationToken.None);
        Assert.Equal((ElasticIpMoveOutcome.Moved, ElasticIpProof.Identity), (resumed.Outcome, resumed.Proof));
        Assert.Equal((old, old), (resumed.PreviousInstanceId, resumed.Undo!.InstanceId));
        Assert.Equal(2, world.Calls("AssociateAddress"));
        var journal = world.JournalOf("here", out var database);
        using var _ = database;
        var operation = Assert.Single(journal.History(10));
        Assert.Equal((resumed.OperationId, "Moved"), (operation.Id, operation.Outcome));
        Assert.Equal(
            [
                (ApexStep.Plan, JournalMoment.Done), (ApexStep.Move, JournalMoment.Started), (ApexStep.Move, JournalMoment.Done),
                (ApexStep.Verify, JournalMoment.Started), (ApexStep.Verify, JournalMoment.Started), (ApexStep.Verify, JournalMoment.Done), (ApexStep.Finish, JournalMoment.Done),
            ],
            journal.Entries(operation.Id).Select(static entry => (entry.Step, entry.Moment)));
    }

    [Theory]
    [InlineData(true, null, ElasticIpProof.Answer, ElasticIpMoveOutcome.Moved)]
    [InlineData(true, "i-0ther", ElasticIpProof.Association, ElasticIpMoveOutcome.MovedUnproven)]
    [InlineData(false, null, ElasticIpProof.Association, ElasticIpMoveOutcome.MovedUnproven)]
    public async Task What_the_address_says_is_what_is_claimed(bool redirects, string? instance, ElasticIpProof proof, ElasticIpMoveOutcome outcome)
    {
        await using var world = await ApexWorld.StartAsync();
        var fresh = await world.RunningAsync();
        var addresses = world.Machine().ElasticIps;
        var options = world.Options(new Probe(new ElasticIpAnswer(redirects, instance, "whatever"))) with { ProofTimeout = TimeSpan.FromMilliseconds(60) };
        var result = await addresses.MoveAsync(await addresses.PlanMoveAsync(null, fresh, true, CancellationToken.None), options, CancellationToken.None);
        Assert.Equal((outcome, proof, true), (result.Outcome, result.Proof, result.Changed));
        Assert.Equal(outcome == ElasticIpMoveOutcome.Moved ? null : ErrorIds.ElasticIpNotProven, result.ErrorId);
        Assert.NotNull(result.Undo);
    }

    [Fact]
    public async Task Without_a_way_to_ask_only_the_association_is_claimed_and_a_rehearsal_never_asks_the_real_address()
    {
        await using var world = await ApexWorld.StartAsync();
        var fresh = await world.RunningAsync();
        var addresses = world.Machine().ElasticIps;
        var lost = world.Machine(static inventory => inventory with { Apex = inventory.Apex! with { ConnectTo = new Dictionary<string, string>() } });
        Assert.Null(lost.ElasticIps.ProbeFor(ApexWorld.Elastic, new Dictionary<string, string>()));
        Assert.NotNull(lost.ElasticIps.ProbeFor(ApexWorld.Elastic, world.Sandbox.ConnectTo));
        Assert.NotNull(addresses.ProbeFor(ApexWorld.Elastic, new Dictionary<string, string>()));
        Assert.Null(addresses.ProbeFor("198.18.0.1", world.Sandbox.ConnectTo));
        var result = await addresses.MoveAsync(
            await addresses.PlanMoveAsync(null, fresh, true, CancellationToken.None), world.Options() with { Probe = null }, CancellationToken.None);
        Assert.Equal((ElasticIpMoveOutcome.Moved, ElasticIpProof.Association), (result.Outcome, result.Proof));
    }

    [Fact]
    public async Task Two_processes_of_one_machine_do_not_move_the_same_address()
    {
        await using var world = await ApexWorld.StartAsync();
        var (first, second) = (await world.RunningAsync(), await world.RunningAsync("c"));
        var started = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        var addresses = world.Machine().ElasticIps;
        var moving = addresses.MoveAsync(
            await addresses.PlanMoveAsync(null, first, true, CancellationToken.None),
            world.Options(new Probe(new ElasticIpAnswer(true, first, "301"), started, release.Task)),
            CancellationToken.None);
        await started.Task.WaitAsync(TimeSpan.FromSeconds(60));
        var plan = await addresses.PlanMoveAsync(null, second, true, CancellationToken.None);
        var busy = await Assert.ThrowsAsync<HostingException>(() => world.Machine().ElasticIps.MoveAsync(plan, world.Options(), CancellationToken.None));
        Assert.Equal((ErrorIds.ElasticIpBusy, HostingErrorCategory.Conflict), (busy.ErrorId, busy.Category));
        release.SetResult();
        Assert.Equal(ElasticIpMoveOutcome.Moved, (await moving).Outcome);
    }

    [Fact]
    public async Task An_old_plan_is_refused()
    {
        await using var world = await ApexWorld.StartAsync();
        var fresh = await world.RunningAsync();
        var addresses = world.Machine().ElasticIps;
        var plan = await addresses.PlanMoveAsync(null, fresh, true, CancellationToken.None);
        var result = await addresses.MoveAsync(plan with { PlannedAt = plan.PlannedAt.AddMinutes(-16) }, world.Options(), CancellationToken.None);
        Assert.Equal((ElasticIpMoveOutcome.Refused, ErrorIds.PlanStale), (result.Outcome, result.ErrorId));
    }

    [Theory]
    [InlineData("UPDATE apex_operations SET plan_json = replace(plan_json, 'i-', 'j-')")]
    [InlineData("UPDATE apex_operations SET outcome = 'Refused'")]
    [InlineData("UPDATE apex_entries SET detail = 'nothing' WHERE sequence = 2")]
    [InlineData("DELETE FROM apex_entries WHERE sequence = (SELECT max(sequence) FROM apex_entries)")]
    public async Task A_journal_that_was_edited_shows_it(string edit)
    {
        await using var world = await ApexWorld.StartAsync();
        var addresses = world.Machine().ElasticIps;
        var result = await addresses.MoveAsync(
            await addresses.PlanMoveAsync(null, await world.RunningAsync(), true, CancellationToken.None), world.Options(), CancellationToken.None);
        var journal = world.JournalOf("here", out var database);
        using var _ = database;
        Assert.NotEmpty(journal.Entries(result.OperationId!));
        using (var connection = new SqliteConnection($"Data Source={world.StateOf("here")};Foreign Keys=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = edit;
            command.ExecuteNonQuery();
        }

        Assert.Equal(ErrorIds.JournalTampered, Assert.Throws<HostingException>(() => journal.Entries(result.OperationId!)).ErrorId);
    }

    private sealed class Probe(ElasticIpAnswer answer, TaskCompletionSource? asked = null, Task? hold = null) : IElasticIpProbe
    {
        private readonly Action? first;
        private readonly CancellationToken dead;

        public Probe(Action first, CancellationToken dead)
            : this(new ElasticIpAnswer(false, null, ""))
        {
            this.first = first;
            this.dead = dead;
        }

        public async Task<ElasticIpAnswer> AskAsync(string publicIp, CancellationToken cancellationToken)
        {
            first?.Invoke();
            dead.ThrowIfCancellationRequested();
            asked?.TrySetResult();
            await (hold ?? Task.CompletedTask);
            return answer;
        }
    }
}
