using Amazon.EC2;
using Amazon.EC2.Model;
using HostingOps.Engine.Apex.Instances;
using HostingOps.Engine.State;
using HostingOps.Engine.WebServers;

namespace HostingOps.Engine.Apex.Recovery;

/// <summary>
/// Gets the one instance of a recovery. The whole request, with its client token, is in the journal before it is sent, so that
/// whoever resumes sends the very same one: EC2 then answers with the instance that there is already.
/// </summary>
internal sealed class RecoveryLauncher(RecoveryContext context)
{
    // Terminated instances stay listed for about an hour. Later than that, that none is listed does not prove that none was launched.
    private static readonly TimeSpan RepeatableFor = TimeSpan.FromMinutes(50);

    /// <summary>Launches, or finds what was launched; null when there is an instance.</summary>
    /// <exception cref="HostingException">StateUnavailable, StateCorrupt.</exception>
    public async Task<RecoveryStop?> ObtainAsync(RecoveryRun run, IReadOnlyList<ApexEntry> entries, CancellationToken cancellationToken)
    {
        var launches = entries.Where(static entry => entry.Step == ApexStep.Launch).ToList();
        if (launches.Find(static entry => entry is { Moment: JournalMoment.Done, DataJson: not null }) is { } done)
        {
            run.InstanceId = StateValue.FromJson<LaunchedInstance>(done.DataJson!).InstanceId;
            run.Add(ApexStep.Launch, $"{run.InstanceId} was launched before.");
            return null;
        }

        var begun = launches.FindLast(static entry => entry is { Moment: JournalMoment.Started, DataJson: not null });
        if (begun is null)
        {
            var material = await RecoveryMaterial.CreateAsync(context, test: false, cancellationToken).ConfigureAwait(false);
            return material.Config.Checksum == run.Plan.ConfigChecksum
                ? await FromAsync(run, 0, RecoveryLaunch.Of(run.Plan, run.OperationId!, 0, material.UserData), cancellationToken).ConfigureAwait(false)
                : new(ApexRecoveryOutcome.Failed, ErrorIds.PlanStale, "The inventory's redirects have changed since the plan was made. Nothing was launched.", false);
        }

        var attempt = StateValue.FromJson<RecoveryAttempt>(begun.DataJson!);
        if (launches[^1].Moment == JournalMoment.Failed)
        {
            return attempt.Number + 1 < run.Plan.Places.Count
                ? await FromAsync(run, attempt.Number + 1, Next(run, attempt.Launch, attempt.Number + 1), cancellationToken).ConfigureAwait(false)
                : NoCapacity(run);
        }

        if (await FindAsync(run, attempt.Launch, cancellationToken).ConfigureAwait(false))
        {
            return null;
        }

        return context.Time.GetUtcNow() - begun.At > RepeatableFor
            ? new(
                ApexRecoveryOutcome.Failed,
                ErrorIds.OperationNotResumable,
                FormattableString.Invariant($"The launch was begun at {begun.At:u}, which is too long ago to repeat it, and EC2 lists no instance of it. Begin a new recovery."),
                false)
            : await FromAsync(run, attempt.Number, attempt.Launch, cancellationToken, journaled: true).ConfigureAwait(false);
    }

    private async Task<RecoveryStop?> FromAsync(RecoveryRun run, int first, InstanceLaunch launch, CancellationToken cancellationToken, bool journaled = false)
    {
        for (var number = first; ; number++)
        {
            if (!journaled)
            {
                context.Journal.Append(
                    run.OperationId!, ApexStep.Launch, JournalMoment.Started, $"In {run.Plan.Places[number]}.", StateValue.ToJson(new RecoveryAttempt(number, launch)));
            }

            journaled = false;
            run.Add(ApexStep.Launch, $"Launching a {launch.InstanceType} in {run.Plan.Places[number]}.");
            try
            {
                Launched(run, await context.Launcher.LaunchAsync(launch, cancellationToken).ConfigureAwait(false));
                return null;
            }
            catch (HostingException error) when (error.ErrorId == ErrorIds.InsufficientCapacity)
            {
                Failed(run, error);
                run.Warn($"{run.Plan.Places[number]}: {error.Message}");
            }
            catch (HostingException error) when (error.InnerException is AmazonEC2Exception { ErrorCode: "IdempotentParameterMismatch" })
            {
                // Only another launch with our token can have caused it: the instance is ours, or nobody's.
                return await FindAsync(run, launch, cancellationToken).ConfigureAwait(false) ? null : Stop(run, error, ApexRecoveryOutcome.Unknown);
            }
            catch (HostingException error) when (error.ErrorId == ErrorIds.ChangeOutcomeUnknown || error.ErrorId == ErrorIds.AwsAnswerUnreadable)
            {
                return Stop(run, error, ApexRecoveryOutcome.Unknown);
            }
            catch (HostingException error)
            {
                Failed(run, error);
                return Stop(run, error, ApexRecoveryOutcome.Failed);
            }

            if (number + 1 >= run.Plan.Places.Count)
            {
                return NoCapacity(run);
            }

            launch = Next(run, launch, number + 1);
        }
    }

    private async Task<bool> FindAsync(RecoveryRun run, InstanceLaunch launch, CancellationToken cancellationToken)
    {
        if (await context.Instances.FindByClientTokenAsync(launch.ClientToken, cancellationToken).ConfigureAwait(false) is not { InstanceId: not null } found)
        {
            return false;
        }

        Launched(run, found);
        return true;
    }

    private void Launched(RecoveryRun run, Instance instance)
    {
        context.Journal.Append(
            run.OperationId!, ApexStep.Launch, JournalMoment.Done, $"{instance.InstanceId}.", StateValue.ToJson(new LaunchedInstance(instance.InstanceId!)));
        run.InstanceId = instance.InstanceId;
        run.Add(ApexStep.Launch, $"{instance.InstanceId} is launched.");
    }

    private void Failed(RecoveryRun run, HostingException error) =>
        context.Journal.Append(run.OperationId!, ApexStep.Launch, JournalMoment.Failed, error.Message);

    private static InstanceLaunch Next(RecoveryRun run, InstanceLaunch launch, int number) => RecoveryLaunch.At(launch, run.Plan, run.OperationId!, number);

    private static RecoveryStop Stop(RecoveryRun run, HostingException error, ApexRecoveryOutcome outcome) => new(
        outcome,
        error.ErrorId,
        outcome == ApexRecoveryOutcome.Unknown
            ? $"{error.Message} Restore-ApexRedirector -Resume -OperationId {run.OperationId} finds out, and never launches a second one."
            : $"{error.Message} No instance was launched.",
        StaysOpen: outcome == ApexRecoveryOutcome.Unknown);

    private static RecoveryStop NoCapacity(RecoveryRun run) => new(
        ApexRecoveryOutcome.Failed,
        ErrorIds.InsufficientCapacity,
        $"EC2 has no capacity for a {run.Plan.InstanceType} in {string.Join(", ", run.Plan.Places)}. No instance was launched. Another type or zone may have some.",
        StaysOpen: false);
}
