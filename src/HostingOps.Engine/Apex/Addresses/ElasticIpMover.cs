using Amazon.EC2;
using HostingOps.Engine.Aws;
using HostingOps.Engine.Dns;
using HostingOps.Engine.State;

namespace HostingOps.Engine.Apex.Addresses;

/// <summary>
/// Carries a planned move out: reads once more, writes, reads back, proves, and keeps the journal. EC2 has no compare-and-swap
/// for addresses (docs/decisions/0012-elastic-ip-moves.md): between the last look and the write somebody else's move is overwritten
/// unseen, and a move after ours is seen by the reading back.
/// </summary>
internal sealed class ElasticIpMover(
    IAmazonEC2 ec2, ElasticIpReader addresses, ElasticIpProver prover, ApexJournal journal, OperationLock locks, IOperationReporter reporter, TimeProvider time)
{
    private const int Attempts = 3;
    private static readonly TimeSpan OldestPlan = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Moves the address, or says why not. Only cancellation, and what happens before anything is begun, is thrown.</summary>
    /// <exception cref="HostingException">ElasticIpBusy; StateUnavailable, StateCorrupt; or an AWS error of the last look. Nothing was changed.</exception>
    public async Task<ElasticIpMoveResult> MoveAsync(ElasticIpMovePlan plan, ElasticIpMoveOptions options, CancellationToken cancellationToken)
    {
        var run = new ElasticIpMoveRun(plan, time);
        if (!plan.Allowed)
        {
            return run.End(
                ElasticIpMoveOutcome.Refused,
                ErrorIds.ElasticIpMoveRefused,
                string.Join(" ", plan.Gates.Where(static gate => gate.Outcome != GateOutcome.Passed).Select(static gate => $"{gate.Name}: {gate.Reason}")));
        }

        if (time.GetUtcNow() - plan.PlannedAt > OldestPlan)
        {
            return run.End(ElasticIpMoveOutcome.Refused, ErrorIds.PlanStale, "The plan is over 15 minutes old.");
        }

        var id = journal.NewId();
        using var lease = locks.TryAcquire("elastic-ip", plan.AllocationId, id, OperatorIdentity.Current(), Lease, out var heldBy)
            ?? throw Busy(plan, heldBy!);
        using var renewal = lease.KeepRenewed(time);
        var now = await addresses.ReadAsync(plan.AllocationId, cancellationToken).ConfigureAwait(false);
        if (now.InstanceId == plan.InstanceId)
        {
            return await AlreadyThereAsync(run, now, options, cancellationToken).ConfigureAwait(false);
        }

        if (now.Association != plan.From)
        {
            return run.End(
                ElasticIpMoveOutcome.Conflict,
                ErrorIds.ElasticIpConflict,
                $"The plan saw {plan.PublicIp} with {plan.From}; now it is with {now.Association}. Nothing was changed.");
        }

        EndCutOff(now);
        journal.Begin(Operation(id, plan));
        run.OperationId = id;
        journal.Append(id, ApexStep.Move, JournalMoment.Started, $"From {plan.From} to {plan.InstanceId}.");
        var (outcome, errorId, reason) = await WriteAsync(run, cancellationToken).ConfigureAwait(false);
        journal.Append(id, ApexStep.Move, outcome == ElasticIpMoveOutcome.Moved ? JournalMoment.Done : JournalMoment.Failed, reason);
        return outcome == ElasticIpMoveOutcome.Moved
            ? await ProveAsync(run, options, cancellationToken).ConfigureAwait(false)
            : Finish(run.End(outcome, errorId, reason));
    }

    /// <summary>
    /// Nothing to move. If a move of ours to there was cut off after the write, this is where it is proven and ended, with the
    /// way back that its plan knew.
    /// </summary>
    private async Task<ElasticIpMoveResult> AlreadyThereAsync(ElasticIpMoveRun run, ElasticIp now, ElasticIpMoveOptions options, CancellationToken cancellationToken)
    {
        run.AssociationId = now.AssociationId;
        foreach (var open in journal.Open(run.Plan.AllocationId).Where(static open => open.Kind == ApexOperationKind.Move))
        {
            var plan = StateValue.FromJson<ElasticIpMovePlan>(open.PlanJson);
            _ = journal.Entries(open.Id);
            if (plan.InstanceId == run.Plan.InstanceId)
            {
                var resumed = new ElasticIpMoveRun(plan with { Gates = [] }, time) { OperationId = open.Id, AssociationId = now.AssociationId };
                reporter.Verbose($"The address is there already: operation {open.Id} was cut off after its write, and is ended now.");
                return await ProveAsync(resumed, options, cancellationToken).ConfigureAwait(false);
            }
        }

        return run.End(
            ElasticIpMoveOutcome.AlreadyThere, null, $"{run.Plan.PublicIp} is with {run.Plan.InstanceId} already; nothing was changed.", ElasticIpProof.Association);
    }

    /// <summary>Ends former moves that were cut off: the address was just read, and it is not where they wanted it.</summary>
    private void EndCutOff(ElasticIp now)
    {
        foreach (var open in journal.Open(now.AllocationId).Where(static open => open.Kind == ApexOperationKind.Move))
        {
            journal.Finish(
                open.Id,
                nameof(ElasticIpMoveOutcome.Conflict),
                $"It was cut off, and the address is with {now.Association}.",
                ErrorIds.ElasticIpConflict,
                resultJson: null);
        }
    }

    private async Task<(ElasticIpMoveOutcome Outcome, string? ErrorId, string Reason)> WriteAsync(ElasticIpMoveRun run, CancellationToken cancellationToken)
    {
        var plan = run.Plan;
        for (var attempt = 1; ; attempt++)
        {
            HostingException failure;
            try
            {
                var answer = await EC2Call.AsAsync(
                    "ec2:AssociateAddress",
                    plan.PublicIp,
                    () => ec2.AssociateAddressAsync(ElasticIpMovePlanner.Request(plan), cancellationToken)).ConfigureAwait(false);
                run.AssociationId = answer.AssociationId;
                return (ElasticIpMoveOutcome.Moved, null, $"EC2 moved it; the association is {answer.AssociationId}.");
            }
            catch (HostingException error)
            {
                failure = error;
            }

            if (IsAlreadyAssociated(failure) && attempt == 1)
            {
                return (
                    ElasticIpMoveOutcome.Conflict,
                    ErrorIds.ElasticIpConflict,
                    $"The plan saw {plan.PublicIp} free; somebody else has associated it since, and EC2 did not overwrite that.");
            }

            // A refusal speaks for its own try only, not for one before it whose answer was lost.
            var refused = WriteFailure.Classify(failure) != WriteFailureKind.MayHaveHappened;
            if (refused && attempt == 1)
            {
                return (ElasticIpMoveOutcome.Failed, failure.ErrorId, failure.Message + " Nothing was changed.");
            }

            reporter.Verbose($"The answer to a move was lost ({failure.Message}); looking where the address is.");
            var read = await LookAsync(plan, attempt, cancellationToken).ConfigureAwait(false);
            if (read is null)
            {
                return (
                    ElasticIpMoveOutcome.Unknown,
                    ErrorIds.ChangeOutcomeUnknown,
                    $"The answer to the move was lost ({failure.Message}), and EC2 could not be read after it. Run the command again: it finds out.");
            }

            if (read.InstanceId == plan.InstanceId)
            {
                run.AssociationId = read.AssociationId;
                return (ElasticIpMoveOutcome.Moved, null, "The answer was lost; EC2 lists the address where it was to go.");
            }

            if (read.Association != plan.From)
            {
                return (ElasticIpMoveOutcome.Conflict, ErrorIds.ElasticIpConflict, $"The answer to the move was lost, and now {plan.PublicIp} is with {read.Association}.");
            }

            if (refused || attempt >= Attempts)
            {
                // Listings lag behind writes: that the old state is still shown does not prove that nothing happened.
                return (
                    ElasticIpMoveOutcome.Unknown,
                    ErrorIds.ChangeOutcomeUnknown,
                    FormattableString.Invariant($"After {attempt} tries it is not known whether the address moved ({failure.Message}); EC2 still lists it with {plan.From}."));
            }
        }
    }

    private async Task<ElasticIp?> LookAsync(ElasticIpMovePlan plan, int attempt, CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(Pause * attempt, time, cancellationToken).ConfigureAwait(false);
            return await addresses.ReadAsync(plan.AllocationId, cancellationToken).ConfigureAwait(false);
        }
        catch (HostingException)
        {
            return null;
        }
    }

    private async Task<ElasticIpMoveResult> ProveAsync(ElasticIpMoveRun run, ElasticIpMoveOptions options, CancellationToken cancellationToken)
    {
        var plan = run.Plan;
        journal.Append(run.OperationId!, ApexStep.Verify, JournalMoment.Started);
        var proof = await prover.ProveAsync(
            plan.AllocationId, plan.PublicIp, plan.InstanceId, plan.From.AssociationId, options, cancellationToken).ConfigureAwait(false);
        journal.Append(run.OperationId!, ApexStep.Verify, proof.Failed ? JournalMoment.Failed : JournalMoment.Done, proof.Seen);
        run.AssociationId = proof.Now?.AssociationId ?? run.AssociationId;
        return Finish(proof switch
        {
            { MovedOn: true } => run.End(ElasticIpMoveOutcome.Conflict, ErrorIds.ElasticIpConflict, proof.Seen),
            { Failed: true } => run.End(ElasticIpMoveOutcome.MovedUnproven, ErrorIds.ElasticIpNotProven, proof.Seen, proof.Proof),
            _ => run.End(ElasticIpMoveOutcome.Moved, null, proof.Seen, proof.Proof),
        });
    }

    private ElasticIpMoveResult Finish(ElasticIpMoveResult result)
    {
        // What nobody knows stays open: the next run finds the address there, and ends it.
        if (result.Outcome != ElasticIpMoveOutcome.Unknown)
        {
            journal.Finish(result.OperationId!, result.Outcome.ToString(), result.Reason, result.ErrorId, StateValue.ToJson(result));
        }

        return result;
    }

    private ApexOperation Operation(string id, ElasticIpMovePlan plan) => new()
    {
        Id = id,
        Kind = ApexOperationKind.Move,
        By = OperatorIdentity.Current(),
        InventoryPath = plan.InventoryPath,
        AllocationId = plan.AllocationId,
        PublicIp = plan.PublicIp,
        Region = plan.Region,
        EndpointUrl = plan.EndpointUrl,
        StartedAt = time.GetUtcNow(),
        PlanJson = StateValue.ToJson(plan),
    };

    private static bool IsAlreadyAssociated(HostingException error) =>
        error.InnerException is AmazonEC2Exception { ErrorCode: "Resource.AlreadyAssociated" };

    private static HostingException Busy(ElasticIpMovePlan plan, LockHolder holder) => new(
        ErrorIds.ElasticIpBusy,
        HostingErrorCategory.Conflict,
        plan.PublicIp,
        FormattableString.Invariant(
            $"{plan.PublicIp} is being moved by {holder.Holder} (process {holder.ProcessId}, operation {holder.OperationId}) since {holder.AcquiredAt:u}."),
        FormattableString.Invariant($"Wait until that ends. If its process is gone, the address is free after {holder.ExpiresAt:u}."));
}
