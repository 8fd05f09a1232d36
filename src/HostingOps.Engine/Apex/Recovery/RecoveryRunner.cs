using System.Net;
using HostingOps.Engine.Apex.Addresses;
using HostingOps.Engine.State;
using HostingOps.Engine.WebServers;

namespace HostingOps.Engine.Apex.Recovery;

/// <summary>
/// Takes a recovery through its steps. What is done already is seen in the journal (the launch) and in EC2 (the address), so
/// that a resumed one goes on where it was cut off.
/// </summary>
internal sealed class RecoveryRunner(RecoveryContext context, ApexRecoveryOptions options)
{
    public const string Activity = "Recovering the redirector";

    private const int TestRounds = 3;
    private const int FailuresNamed = 3;

    /// <summary>Runs to the end, or to where it goes no further. Only cancellation and a broken journal are thrown.</summary>
    public async Task<ApexRecoveryResult> RunAsync(RecoveryRun run, IReadOnlyList<ApexEntry> entries, CancellationToken cancellationToken)
    {
        RecoveryStop? stop;
        try
        {
            stop = await GoAsync(run, entries, cancellationToken).ConfigureAwait(false);
        }
        catch (HostingException error) when (!IsOfJournal(error))
        {
            stop = Halted(run, error.ErrorId, error.Message);
        }
        catch (OperationCanceledException)
        {
            context.Reporter.Warning(
                $"Recovery {run.OperationId} was cut off{(run.InstanceId is { } id ? $"; {id} is left running" : "")}. Go on with it: Restore-ApexRedirector -Resume -OperationId {run.OperationId}");
            throw;
        }
        finally
        {
            context.Reporter.Progress(new OperationProgress { Activity = Activity, Completed = true });
        }

        if (stop is null)
        {
            return Finish(run.End(ApexRecoveryOutcome.Restored, null, FormattableString.Invariant(
                $"{run.Plan.PublicIp} is with {run.InstanceId}, and {run.RedirectsProven} redirects are proven through it, {Schemes(run)}.")));
        }

        var result = run.End(stop.Outcome, stop.ErrorId, stop.Reason + NextStep(run, stop), stop.StaysOpen);
        return stop.StaysOpen ? result : Finish(result);
    }

    private async Task<RecoveryStop?> GoAsync(RecoveryRun run, IReadOnlyList<ApexEntry> entries, CancellationToken cancellationToken)
    {
        if (await new RecoveryLauncher(context).ObtainAsync(run, entries, cancellationToken).ConfigureAwait(false) is { } notLaunched)
        {
            return notLaunched;
        }

        var config = await context.ConfigAsync(false, cancellationToken).ConfigureAwait(false);
        run.RedirectCount = config.Redirects.Count;
        if (config.Checksum != run.Plan.ConfigChecksum)
        {
            run.Warn("The inventory's redirects have changed since the plan was made; those of now are tested.");
        }

        var address = await context.Addresses.ReadAsync(run.Plan.AllocationId, cancellationToken).ConfigureAwait(false);
        if (address.InstanceId != run.InstanceId)
        {
            var notReady = Elsewhere(run, address)
                ?? await BootAsync(run, config, cancellationToken).ConfigureAwait(false)
                ?? await TestAsync(run, ApexStep.Test, run.OwnAddress ?? run.Plan.PublicIp, config.Redirects, cancellationToken).ConfigureAwait(false);
            if (notReady is not null)
            {
                return notReady;
            }
        }

        return await MoveAsync(run, config.Redirects, cancellationToken).ConfigureAwait(false)
            ?? await VerifyAsync(run, config.Redirects, cancellationToken).ConfigureAwait(false)
            ?? await RetireAsync(run, cancellationToken).ConfigureAwait(false);
    }

    private async Task<RecoveryStop?> BootAsync(RecoveryRun run, ApexRedirectConfig config, CancellationToken cancellationToken)
    {
        var id = run.InstanceId!;
        Journal(run, ApexStep.Boot, JournalMoment.Started);
        Amazon.EC2.Model.Instance instance;
        try
        {
            instance = await context.Launcher.WaitUntilRunningAsync(id, options.BootTimeout, cancellationToken).ConfigureAwait(false);
        }
        catch (HostingException error) when (error.ErrorId == ErrorIds.InstanceNotStarted)
        {
            Journal(run, ApexStep.Boot, JournalMoment.Failed, error.Message);
            var now = await context.Instances.GetAsync(id, TimeSpan.Zero, cancellationToken).ConfigureAwait(false);
            return now.State?.Name?.Value is "terminated" or "shutting-down"
                ? new(ApexRecoveryOutcome.Failed, error.ErrorId, error.Message + " The address was not moved.", StaysOpen: false)
                : Halted(run, error.ErrorId, error.Message);
        }

        // Listings lag: the Elastic IP may have arrived there, which the one of addresses did not show yet.
        run.AvailabilityZone = instance.Placement?.AvailabilityZone;
        run.OwnAddress = instance.PublicIpAddress == run.Plan.PublicIp ? null : instance.PublicIpAddress;
        if (instance.PublicIpAddress is not { Length: > 0 } own)
        {
            return Failed(run, ApexStep.Boot, ErrorIds.RedirectorNotServing, $"{id} runs, but has no public address of its own to be tested by; its subnet gives none.");
        }

        run.Add(ApexStep.Boot, $"{id} runs in {run.AvailabilityZone}, with the address {own}.");
        if (run.Plan.Delivery == ApexConfigDelivery.Ssh)
        {
            await new RecoveryPublish(context, options).PublishAsync(run, own, config.Redirects[0], cancellationToken).ConfigureAwait(false);
        }

        var probe = context.ProbeOf(config.Redirects[0], "/");
        var started = context.Time.GetTimestamp();
        while (true)
        {
            var answer = await probe.AskAsync(own, cancellationToken).ConfigureAwait(false);
            if (answer.Redirects && (answer.InstanceId is null || answer.InstanceId == id))
            {
                run.NamesItself = answer.InstanceId is not null;
                Journal(run, ApexStep.Boot, JournalMoment.Done, answer.Seen);
                run.Add(ApexStep.Boot, $"It serves: {answer.Seen}.");
                return null;
            }

            var elapsed = context.Time.GetElapsedTime(started);
            if (elapsed >= options.ServeTimeout)
            {
                return Failed(run, ApexStep.Boot, ErrorIds.RedirectorNotServing, FormattableString.Invariant(
                    $"{id} runs, but does not serve after {elapsed.TotalSeconds:0} s: {answer.Seen}. /var/log/cloud-init-output.log there says why."));
            }

            context.Reporter.Progress(new OperationProgress
            {
                Activity = Activity,
                CurrentItem = FormattableString.Invariant($"{id} runs, and does not serve yet after {elapsed.TotalSeconds:0} s"),
            });
            await Task.Delay(options.Interval, context.Time, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<RecoveryStop?> TestAsync(
        RecoveryRun run, ApexStep step, string address, IReadOnlyList<ApexRedirect> redirects, CancellationToken cancellationToken)
    {
        Journal(run, step, JournalMoment.Started);
        var https = TestsHttps(run);
        var (wrong, answers) = (redirects, new List<ApexRedirectAnswer>());
        for (var round = 1; ; round++)
        {
            answers.Clear();
            await foreach (var answer in context.Check.CheckAsync(
                wrong, address, run.InstanceId!, run.NamesItself, https, cancellationToken).ConfigureAwait(false))
            {
                if (!answer.Passed)
                {
                    answers.Add(answer);
                }
            }

            wrong = answers.ConvertAll(static answer => answer.Redirect);
            if (wrong.Count == 0 || round == TestRounds)
            {
                break;
            }

            await Task.Delay(options.Interval, context.Time, cancellationToken).ConfigureAwait(false);
        }

        var right = redirects.Count - wrong.Count;
        (run.RedirectsProven, run.HttpsTested) = step == ApexStep.Verify ? (right, https) : (run.RedirectsProven, run.HttpsTested);
        if (wrong.Count == 0)
        {
            var text = FormattableString.Invariant($"{right} redirects are right by {address}, {Schemes(run)}.");
            Journal(run, step, JournalMoment.Done, text);
            run.Add(step, text);
            return null;
        }

        var named = string.Join("; ", answers.OrderBy(static answer => answer.Redirect.Host, StringComparer.Ordinal).Take(FailuresNamed).Select(static answer => answer.Seen));
        return Failed(run, step, ErrorIds.RedirectsNotProven, FormattableString.Invariant(
            $"{wrong.Count} of {redirects.Count} redirects are wrong by {address}: {named}{(wrong.Count > FailuresNamed ? "; and others" : "")}.")
            + (answers.TrueForAll(static answer => answer.IsHttpsOnly) ? " Over http they are right; -SkipHttps tests no more than that." : ""));
    }

    private async Task<RecoveryStop?> MoveAsync(RecoveryRun run, IReadOnlyList<ApexRedirect> redirects, CancellationToken cancellationToken)
    {
        var plan = run.Plan;
        Journal(run, ApexStep.Move, JournalMoment.Started, $"From {plan.From} to {run.InstanceId}.");
        var move = await context.Moves.PlanMoveAsync(plan.AllocationId, run.InstanceId!, allowReassociation: true, cancellationToken).ConfigureAwait(false);
        if (!move.ChangesNothing && move.From != plan.From)
        {
            if (move.From.Exists)
            {
                return Conflict(run, $"The plan saw {plan.PublicIp} with {plan.From}; now it is with {move.From}.");
            }

            run.Warn($"{plan.PublicIp} was with {plan.From} when the plan was made; it was free when it was moved.");
        }

        run.AvailabilityZone ??= move.AvailabilityZone;
        var moved = await context.Moves.MoveAsync(
            move,
            new ElasticIpMoveOptions
            {
                Interval = options.Interval,
                ProofTimeout = options.ProofTimeout,
                Probe = context.Routes.LeadTo(IPAddress.Parse(plan.PublicIp), 80) ? context.ProbeOf(redirects[0], "/") : null,
            },
            cancellationToken).ConfigureAwait(false);
        run.NamesItself |= moved.Proof == ElasticIpProof.Identity;
        run.Moved = moved.Outcome is ElasticIpMoveOutcome.Moved or ElasticIpMoveOutcome.MovedUnproven or ElasticIpMoveOutcome.AlreadyThere;
        if (moved.Outcome is ElasticIpMoveOutcome.Moved or ElasticIpMoveOutcome.AlreadyThere)
        {
            Journal(run, ApexStep.Move, JournalMoment.Done, moved.Reason);
            run.Add(ApexStep.Move, $"{plan.PublicIp} is with {run.InstanceId}: {moved.Reason}");
            return null;
        }

        Journal(run, ApexStep.Move, JournalMoment.Failed, moved.Reason);
        return moved.Outcome switch
        {
            ElasticIpMoveOutcome.MovedUnproven => new(ApexRecoveryOutcome.MovedUnproven, ErrorIds.ElasticIpNotProven, moved.Reason, StaysOpen: false),
            ElasticIpMoveOutcome.Conflict => new(ApexRecoveryOutcome.Conflict, ErrorIds.ElasticIpConflict, moved.Reason, StaysOpen: false),
            ElasticIpMoveOutcome.Unknown => new(ApexRecoveryOutcome.Unknown, ErrorIds.ChangeOutcomeUnknown, moved.Reason, StaysOpen: true),
            _ => Halted(run, moved.ErrorId ?? ErrorIds.AwsRequestFailed, moved.Reason),
        };
    }

    private async Task<RecoveryStop?> VerifyAsync(RecoveryRun run, IReadOnlyList<ApexRedirect> redirects, CancellationToken cancellationToken)
    {
        var unproven = await TestAsync(run, ApexStep.Verify, run.Plan.PublicIp, redirects, cancellationToken).ConfigureAwait(false);
        await TagAsync(run, [run.Plan.AllocationId], new()
        {
            [RecoveryTags.Redirector] = run.InstanceId!,
            [RecoveryTags.Operation] = run.OperationId!,
        }, cancellationToken).ConfigureAwait(false);
        return unproven is null ? null : unproven with { Outcome = ApexRecoveryOutcome.MovedUnproven, StaysOpen = false };
    }

    // The recovery is done by now: what goes wrong here is a warning.
    private async Task<RecoveryStop?> RetireAsync(RecoveryRun run, CancellationToken cancellationToken)
    {
        if (run.Plan.OldInstanceId is not { } old || old == run.InstanceId)
        {
            return null;
        }

        await TagAsync(run, [old], new() { [RecoveryTags.ReplacedBy] = run.InstanceId!, [RecoveryTags.Operation] = run.OperationId! }, cancellationToken).ConfigureAwait(false);
        if (!run.Plan.TerminateOld)
        {
            return null;
        }

        Journal(run, ApexStep.Retire, JournalMoment.Started, old);
        try
        {
            var others = await context.Addresses.OfInstanceAsync(old, cancellationToken).ConfigureAwait(false);
            if (others.Count > 0)
            {
                run.Warn($"{old} was not terminated: it has Elastic IP {others[0].PublicIp}.");
                Journal(run, ApexStep.Retire, JournalMoment.Skipped, $"{old} has {others[0].PublicIp}.");
                return null;
            }

            var state = await context.Launcher.TerminateAsync(old, cancellationToken).ConfigureAwait(false);
            run.OldTerminated = true;
            Journal(run, ApexStep.Retire, JournalMoment.Done, $"{old} is {state}.");
            run.Add(ApexStep.Retire, $"{old} is {state}.");
        }
        catch (HostingException error) when (error.ErrorId == ErrorIds.InstanceNotFound)
        {
            run.OldTerminated = true;
            Journal(run, ApexStep.Retire, JournalMoment.Done, $"{old} is gone already.");
        }
        catch (HostingException error) when (!IsOfJournal(error))
        {
            run.Warn($"{old} was not terminated: {error.Message}");
            Journal(run, ApexStep.Retire, JournalMoment.Failed, error.Message);
        }

        return null;
    }

    private async Task TagAsync(RecoveryRun run, IReadOnlyList<string> ids, Dictionary<string, string> tags, CancellationToken cancellationToken)
    {
        try
        {
            await context.Launcher.TagAsync(ids, tags, cancellationToken).ConfigureAwait(false);
        }
        catch (HostingException error)
        {
            run.Warn($"{string.Join(", ", ids)} could not be tagged: {error.Message}");
        }
    }

    private bool TestsHttps(RecoveryRun run) => run.Plan.TestsHttps && !options.SkipHttps;

    private string Schemes(RecoveryRun run) => TestsHttps(run) ? RecoverySteps.BothSchemes
        : RecoverySteps.HttpOnly(run.Plan.TestsHttps ? RecoverySteps.HttpsSkipped : run.Plan.WithoutHttps);

    private static RecoveryStop? Elsewhere(RecoveryRun run, ElasticIp address) => address.IsAssociated && address.Association != run.Plan.From
        ? Conflict(run, $"The plan saw {address.PublicIp} with {run.Plan.From}; now it is with {address.Association}.")
        : null;

    private static RecoveryStop Conflict(RecoveryRun run, string seen) =>
        new(ApexRecoveryOutcome.Conflict, ErrorIds.ElasticIpConflict, $"{seen} {run.InstanceId} was not given it.", StaysOpen: false);

    private RecoveryStop Failed(RecoveryRun run, ApexStep step, string errorId, string reason)
    {
        Journal(run, step, JournalMoment.Failed, reason);
        return Halted(run, errorId, reason);
    }

    private static RecoveryStop Halted(RecoveryRun run, string errorId, string reason) => new(
        run.InstanceId is null ? ApexRecoveryOutcome.Failed : run.Moved ? ApexRecoveryOutcome.MovedUnproven : ApexRecoveryOutcome.NotMoved, errorId, reason, StaysOpen: true);

    private static string NextStep(RecoveryRun run, RecoveryStop stop) =>
        run.InstanceId is not { } id || stop.Outcome == ApexRecoveryOutcome.Failed ? ""
        : stop.Outcome == ApexRecoveryOutcome.MovedUnproven && !stop.StaysOpen ? run.Plan.OldInstanceId is null ? "" : " The result's Undo is the way back."
        : (stop.StaysOpen ? $" {id} is left running: go on with Restore-ApexRedirector -Resume -OperationId {run.OperationId}, or" : $" {id} is left running:")
            + $" terminate it with 'aws ec2 terminate-instances --instance-ids {id}'.";

    private void Journal(RecoveryRun run, ApexStep step, JournalMoment moment, string? detail = null) =>
        context.Journal.Append(run.OperationId!, step, moment, detail);

    private ApexRecoveryResult Finish(ApexRecoveryResult result)
    {
        context.Journal.Finish(result.OperationId!, result.Outcome.ToString(), result.Reason, result.ErrorId, StateValue.ToJson(result));
        return result;
    }

    private static bool IsOfJournal(HostingException error) =>
        error.ErrorId is ErrorIds.StateUnavailable or ErrorIds.StateCorrupt or ErrorIds.JournalTampered or ErrorIds.StateTooNew;
}
