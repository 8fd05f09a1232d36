using HostingOps.Engine.Apex.Redirects;
using HostingOps.Engine.Ssh;

namespace HostingOps.Engine.Apex.Publishing;

/// <summary>
/// Carries a planned publish out. The redirector's own script swaps and takes back; from here it is told whether the new file
/// stays, after the redirector was asked (docs/decisions/0014-publishing.md).
/// </summary>
internal sealed class ApexPublisher(HostingInventory inventory, IOperationReporter reporter, TimeProvider time)
{
    private static readonly TimeSpan OldestPlan = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);

    // What the script grants beyond our own patience before it takes silence for a no.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(60);

    /// <summary>Publishes, or says why not.</summary>
    /// <exception cref="HostingException">SshConnectionFailed, SshHostKeyRejected, ApexPublishFailed: nothing was changed.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; the redirector puts its former file back.</exception>
    public async Task<ApexPublishResult> PublishAsync(ApexPublishPlan plan, CancellationToken cancellationToken)
    {
        var run = new ApexPublishRun(plan, inventory.Path, reporter, time);
        if (plan.Refusal is { } refusal)
        {
            return run.End(ApexPublishOutcome.Failed, ErrorIds.ApexConfigEdited, $"{refusal} Nothing was changed.");
        }

        if (plan.ChangesNothing)
        {
            return run.End(ApexPublishOutcome.Unchanged, null, $"{plan.Path} has this configuration already; nothing was changed.");
        }

        if (time.GetUtcNow() - plan.PlannedAt > OldestPlan)
        {
            return run.End(ApexPublishOutcome.Failed, ErrorIds.PlanStale, "The plan is over 15 minutes old. Nothing was changed.");
        }

        var settings = inventory.Apex!;
        var ssh = new SshClient(plan.Destination, plan.Options.Ssh, time);
        var mark = RemoteConfigReader.NewMark();
        var script = PublishScript.Publish(mark, plan.Path, plan.Text, plan.Seen, settings, plan.Options.VerifyTimeout + Grace);
        run.Begin(ApexPublishStep.Connect);
        PublishConversation? talk = null;
        try
        {
            var session = ssh.Start(script, cancellationToken);
            await using (session.ConfigureAwait(false))
            {
                talk = new PublishConversation(session, mark, run);
                await talk.HoldAsync(sample => VerifyAsync(sample, plan, settings, cancellationToken)).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            reporter.Warning(talk is { Kept: true }
                ? $"Stopped at the end on {plan.Destination}: the new configuration was found good, and stays unless the connection broke before that was heard. Run the command again to be sure."
                : run.Swapped
                ? $"Stopped after the swap on {plan.Destination}: the redirector puts its former file back by itself. Run the command again to be sure."
                : $"Stopped before the swap on {plan.Destination}: nothing was changed there.");
            throw;
        }

        return talk.Ended ? talk.Result() : await ReadBackAsync(run, ssh, talk, cancellationToken).ConfigureAwait(false);
    }

    private async Task<string?> VerifyAsync(IReadOnlyList<ApexRedirect> sample, ApexPublishPlan plan, ApexSettings settings, CancellationToken cancellationToken)
    {
        if (plan.AskAt is not { } address)
        {
            return null;
        }

        reporter.Verbose(FormattableString.Invariant($"Asking {address} for {sample.Count} names."));
        return await new RedirectSample(address, settings.Redirect.Status, time).AskAsync(sample, plan.Gone, plan.Options.VerifyTimeout, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A lost connection: the script goes on without us and takes its file back, unless it was already told to keep it.</summary>
    private async Task<ApexPublishResult> ReadBackAsync(ApexPublishRun run, SshClient ssh, PublishConversation talk, CancellationToken cancellationToken)
    {
        var plan = run.Plan;
        reporter.Verbose($"The connection to {plan.Destination} was lost; looking what became of it.");
        run.Begin(ApexPublishStep.ReadBack);
        var reader = new RemoteConfigReader(ssh, plan.Destination, inventory.Apex!, plan.Options);
        var started = time.GetTimestamp();
        var seen = "it could not be read again";
        do
        {
            try
            {
                var now = await reader.ReadAsync(plan.Path, cancellationToken).ConfigureAwait(false);
                if (!now.Busy)
                {
                    return Found(run, talk, now);
                }

                seen = "its script is still running";
            }
            catch (HostingException error)
            {
                seen = error.Message.TrimEnd('.');
            }

            await Task.Delay(LookAgain, time, cancellationToken).ConfigureAwait(false);
        }
        while (time.GetElapsedTime(started) < plan.Options.ReadBackTimeout);
        return Unknown(run, seen);
    }

    private static ApexPublishResult Found(ApexPublishRun run, PublishConversation talk, RemoteConfig now)
    {
        var (plan, there) = (run.Plan, PublishScript.Digest(now.File));
        if (now.Undo is not null)
        {
            return Unknown(run, "its script was cut off too, and has not put the former file back");
        }

        if (talk.Kept && there == PublishScript.Digest(System.Text.Encoding.UTF8.GetBytes(plan.Text)))
        {
            return run.End(ApexPublishOutcome.Published, null, "The connection was lost at the end; read again, the new configuration is in its place.");
        }

        if (there != PublishScript.Digest(plan.Seen.Former))
        {
            return Unknown(run, "somebody else has changed the file since");
        }

        return run.Swapped
            ? run.End(ApexPublishOutcome.RolledBack, ErrorIds.ApexPublishRolledBack, "The connection was lost; read again, the former file is back.")
            : run.End(ApexPublishOutcome.Failed, ErrorIds.SshConnectionFailed, "The connection was lost before the swap. Nothing was changed.");
    }

    private static ApexPublishResult Unknown(ApexPublishRun run, string seen) => run.End(
        ApexPublishOutcome.Unknown,
        ErrorIds.ChangeOutcomeUnknown,
        $"The connection was lost, and {seen}. Run the command again: it reads what is there, and puts the former file back first if that is still to be done.");
}
