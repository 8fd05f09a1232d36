using Amazon.EC2.Model;
using HostingOps.Engine.Aws;
using HostingOps.Engine.State;

namespace HostingOps.Engine.Apex.Recovery;

/// <summary>
/// Recoveries of an address that were begun and have not ended. One whose instance lives must be resumed, or its instance
/// terminated, before another may begin; one that launched nothing, or whose instance is gone, is given up.
/// </summary>
internal sealed class OpenRecoveries(RecoveryContext context)
{
    // A launch whose answer never came may still appear in the listings.
    private static readonly TimeSpan LaunchDelay = TimeSpan.FromMinutes(5);

    /// <summary>Why another recovery may not begin, or null; and those that may be given up.</summary>
    /// <exception cref="HostingException">JournalTampered, StateUnavailable, or an AWS error.</exception>
    public async Task<(string? Blocking, IReadOnlyList<ApexOperation> Over)> ReadAsync(string allocationId, CancellationToken cancellationToken)
    {
        var over = new List<ApexOperation>();
        foreach (var open in context.Journal.Open(allocationId).Where(static open => open.Kind == ApexOperationKind.Restore))
        {
            if (await BlockingAsync(open, cancellationToken).ConfigureAwait(false) is { } why)
            {
                return (why, over);
            }

            over.Add(open);
        }

        return (null, over);
    }

    /// <summary>Ends those that are given up.</summary>
    public void GiveUp(IReadOnlyList<ApexOperation> over)
    {
        foreach (var operation in over)
        {
            context.Journal.Finish(
                operation.Id,
                nameof(ApexRecoveryOutcome.Failed),
                "It was cut off, and no instance of it lives; another recovery took its place.",
                ErrorIds.ApexRecoveryRefused,
                resultJson: null);
        }
    }

    private async Task<string?> BlockingAsync(ApexOperation open, CancellationToken cancellationToken)
    {
        foreach (var entry in context.Journal.Entries(open.Id).Where(static entry => entry is { Step: ApexStep.Launch, Moment: JournalMoment.Started, DataJson: not null }))
        {
            var attempt = StateValue.FromJson<RecoveryAttempt>(entry.DataJson!);
            var instance = await context.Instances.FindByClientTokenAsync(attempt.Launch.ClientToken, cancellationToken).ConfigureAwait(false);
            if (instance?.State?.Name?.Value is "pending" or "running" or "stopping" or "stopped")
            {
                return $"Recovery {open.Id} launched {instance.InstanceId}, which is {instance.State.Name.Value} (Get-ApexHistory has its steps): go on with it (Restore-ApexRedirector -Resume), or terminate that instance and run this again.";
            }

            if (instance is null && !Ended(open.Id, attempt) && context.Time.GetUtcNow() - entry.At < LaunchDelay)
            {
                return $"Recovery {open.Id} was cut off in its launch less than {LaunchDelay.TotalMinutes:0} minutes ago: go on with it (Restore-ApexRedirector -Resume).";
            }
        }

        return null;
    }

    private bool Ended(string operationId, RecoveryAttempt attempt)
    {
        var entries = context.Journal.Entries(operationId).Where(static entry => entry.Step == ApexStep.Launch).ToList();
        var begun = entries.FindIndex(entry => entry.DataJson is { } data && entry.Moment == JournalMoment.Started
            && StateValue.FromJson<RecoveryAttempt>(data).Launch.ClientToken == attempt.Launch.ClientToken);
        return entries.Skip(begun).Any(static entry => entry.Moment is JournalMoment.Failed or JournalMoment.Done);
    }

    /// <summary>Redirectors that other machines' recoveries of the address launched lately, and that do not have it.</summary>
    public async Task<IReadOnlyList<Instance>> StrangersAsync(string publicIp, string? holder, TimeSpan within, CancellationToken cancellationToken)
    {
        var strangers = new List<Instance>();
        await foreach (var instance in context.EC2.InstancesAsync(
            [new Filter($"tag:{RecoveryTags.Apex}", [publicIp]), new Filter("instance-state-name", ["pending", "running"])], cancellationToken).ConfigureAwait(false))
        {
            if (instance.InstanceId != holder && instance.LaunchTime is { } launched && context.Time.GetUtcNow() - launched.ToUniversalTime() < within)
            {
                strangers.Add(instance);
            }
        }

        return strangers;
    }
}
