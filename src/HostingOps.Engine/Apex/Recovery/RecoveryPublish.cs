using HostingOps.Engine.Apex.Redirects;
using HostingOps.Engine.State;

namespace HostingOps.Engine.Apex.Recovery;

/// <summary>
/// The step of a recovery that brings a large configuration to the new instance, by its own address and before anything is
/// moved. Cut off anywhere it is done again: what is there already is left as it is.
/// </summary>
internal sealed class RecoveryPublish(RecoveryContext context, ApexRecoveryOptions options)
{
    /// <summary>Waits until the instance's web server is there, then publishes.</summary>
    /// <exception cref="HostingException">RedirectorNotServing, HostKeysNotFound, or what the publishing ends with; nothing was moved.</exception>
    public async Task PublishAsync(RecoveryRun run, string own, ApexRedirect name, CancellationToken cancellationToken)
    {
        var id = run.OperationId!;
        context.Journal.Append(id, ApexStep.Publish, JournalMoment.Started, $"To {run.InstanceId} by {own}.");
        string done;
        try
        {
            await WaitAsync(run, own, name, cancellationToken).ConfigureAwait(false);
            run.Add(ApexStep.Publish, $"{run.InstanceId} waits for its configuration; reading its ssh host keys from its console.");
            done = await context.Publisher.PublishAsync(run.InstanceId!, own, cancellationToken).ConfigureAwait(false);
        }
        catch (HostingException error)
        {
            context.Journal.Append(id, ApexStep.Publish, JournalMoment.Failed, error.Message);
            throw;
        }

        context.Journal.Append(id, ApexStep.Publish, JournalMoment.Done, done);
        run.Add(ApexStep.Publish, done);
    }

    // Asked for a name of ours, so that one which has the configuration already answers too.
    private async Task WaitAsync(RecoveryRun run, string own, ApexRedirect name, CancellationToken cancellationToken)
    {
        var probe = context.ProbeOf(name, NginxWaitingConfig.HealthPath);
        var started = context.Time.GetTimestamp();
        while (true)
        {
            var answer = await probe.AskAsync(own, cancellationToken).ConfigureAwait(false);
            if (answer.Status is not null && (answer.InstanceId is null || answer.InstanceId == run.InstanceId))
            {
                return;
            }

            var elapsed = context.Time.GetElapsedTime(started);
            if (elapsed >= options.ServeTimeout)
            {
                throw new HostingException(
                    ErrorIds.RedirectorNotServing,
                    HostingErrorCategory.OperationTimeout,
                    run.InstanceId,
                    FormattableString.Invariant(
                        $"{run.InstanceId} runs, but its nginx does not answer after {elapsed.TotalSeconds:0} s: {answer.Seen}. /var/log/cloud-init-output.log there says why."));
            }

            context.Reporter.Progress(new OperationProgress
            {
                Activity = RecoveryRunner.Activity,
                CurrentItem = FormattableString.Invariant($"{run.InstanceId} runs, and nginx does not answer yet after {elapsed.TotalSeconds:0} s"),
            });
            await Task.Delay(options.Interval, context.Time, cancellationToken).ConfigureAwait(false);
        }
    }
}
