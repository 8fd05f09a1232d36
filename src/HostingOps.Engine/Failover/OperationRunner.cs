using System.Runtime.CompilerServices;
using HostingOps.Engine.Dns;
using HostingOps.Engine.Failover.Hooks;
using HostingOps.Engine.State;

namespace HostingOps.Engine.Failover;

/// <summary>
/// Takes sites through the steps of an operation: fence and promote, switch, sync, verify, after, finish. The journal is
/// written before and after each step, so a run that is cut off anywhere can be taken up again.
/// </summary>
internal sealed class OperationRunner(
    HookStages hooks, RecordSwitcher switcher, ChangeWaiter waiter, SwitchProof proof, FailoverJournal journal, IOperationReporter reporter, TimeProvider time)
{
    /// <summary>Runs every step that the sites have not done yet. A result comes for each site as it ends.</summary>
    /// <param name="zone">The hosted zone of all the sites.</param>
    /// <param name="operation">What the zone's marker will say, or null for no marker.</param>
    /// <param name="runs">The sites.</param>
    /// <param name="options">Limits and time-outs.</param>
    /// <param name="cancellationToken">Stops where it is; the journal then says how far it got.</param>
    public async IAsyncEnumerable<FailoverResult> RunAsync(
        HostedZoneReference zone,
        SwitchMarker? operation,
        IReadOnlyList<SiteRun> runs,
        InvokeOptions options,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await hooks.BeforeSwitchAsync(runs, options.ThrottleLimit, cancellationToken).ConfigureAwait(false);
        foreach (var result in Ended(runs))
        {
            yield return result;
        }

        await SwitchAsync(zone, operation, Going(runs), cancellationToken).ConfigureAwait(false);
        foreach (var result in Ended(runs))
        {
            yield return result;
        }

        await SyncAsync(Going(runs), options, cancellationToken).ConfigureAwait(false);
        await VerifyAsync(zone, Going(runs), options, cancellationToken).ConfigureAwait(false);
        await hooks.AfterSwitchAsync(Going(runs), options.ThrottleLimit, cancellationToken).ConfigureAwait(false);
        Finish(Going(runs));
        foreach (var result in Ended(runs))
        {
            yield return result;
        }
    }

    /// <summary>Ends a site early and journals why.</summary>
    public void End(SiteRun run, FailoverOutcome outcome, string reason, string? errorId)
    {
        var result = run.End(outcome, reason, errorId, time.GetUtcNow());
        journal.Finish(run.OperationId, run.Plan.SiteName, outcome, reason, errorId, result);
    }

    private async Task SwitchAsync(HostedZoneReference zone, SwitchMarker? operation, IReadOnlyList<SiteRun> going, CancellationToken cancellationToken)
    {
        var runs = going.Where(static run => !run.Switched).ToDictionary(static run => run.Plan.SiteName, StringComparer.Ordinal);
        if (runs.Count == 0)
        {
            return;
        }

        var started = time.GetTimestamp();
        var startedAt = time.GetUtcNow();
        var operationId = going[0].OperationId;
        journal.AppendMany(operationId, runs.Keys.Select(static name => new JournalNote(name, FailoverStep.Switch, JournalMoment.Started)));
        var notes = new List<JournalNote>();
        await foreach (var result in switcher.SwitchAsync(zone, [.. runs.Values.Select(static run => run.Change)], operation, cancellationToken).ConfigureAwait(false))
        {
            var run = runs[result.Switch.SiteName];

            // A batch's sites share a change id and one transaction; the next batch comes after this one is journaled.
            if (notes.Count > 0 && notes[^1].DataJson != result.ChangeId)
            {
                Flush();
            }

            run.Measured(FailoverStep.Switch, startedAt, time.GetElapsedTime(started), result.Note ?? result.Error?.Message ?? $"Records point to {run.Plan.To ?? "nothing"}.");
            switch (result.Outcome)
            {
                case SwitchOutcome.Applied:
                    run.ChangeId = result.ChangeId;
                    run.Done.Add(FailoverStep.Switch);
                    notes.Add(new JournalNote(run.Plan.SiteName, FailoverStep.Switch, JournalMoment.Done, result.Note, run.ChangeId));
                    break;
                case SwitchOutcome.Unknown:
                    // Stays open in the journal: Resume reads the record and finishes or reports.
                    run.End(FailoverOutcome.Unknown, result.Error!.Message, result.Error.ErrorId, time.GetUtcNow());
                    break;
                default:
                    Flush();
                    journal.Append(run.OperationId, run.Plan.SiteName, FailoverStep.Switch, JournalMoment.Failed, result.Error!.Message);
                    End(run, result.Outcome == SwitchOutcome.Conflict ? FailoverOutcome.Conflict : FailoverOutcome.Failed, result.Error.Message, result.Error.ErrorId);
                    break;
            }
        }

        Flush();

        void Flush()
        {
            if (notes.Count > 0)
            {
                journal.AppendMany(operationId, notes);
                notes.Clear();
            }
        }
    }

    private async Task SyncAsync(IReadOnlyList<SiteRun> going, InvokeOptions options, CancellationToken cancellationToken)
    {
        var runs = Pending(going, FailoverStep.Sync);
        if (runs.Count == 0)
        {
            return;
        }

        await StepAsync(runs, FailoverStep.Sync, async () =>
        {
            var changeIds = runs.Select(static run => run.ChangeId).OfType<string>().Distinct(StringComparer.Ordinal).ToArray();
            try
            {
                await waiter.WaitAsync(changeIds, options.SyncTimeout, cancellationToken).ConfigureAwait(false);
                return runs.ToDictionary(static run => run, static _ => (Problem: (string?)null, Detail: (string?)"INSYNC"));
            }
            catch (HostingException error)
            {
                // The records are switched; what is not known is only whether every server has them. Verify asks the servers.
                return runs.ToDictionary(static run => run, _ => (Problem: (string?)error.Message, Detail: (string?)error.Message));
            }
        }).ConfigureAwait(false);
    }

    private Task VerifyAsync(HostedZoneReference zone, IReadOnlyList<SiteRun> going, InvokeOptions options, CancellationToken cancellationToken)
    {
        var runs = Pending(going, FailoverStep.Verify);
        return runs.Count == 0
            ? Task.CompletedTask
            : StepAsync(runs, FailoverStep.Verify, () => proof.ProveAsync(zone, runs, options, cancellationToken));
    }

    private async Task StepAsync(
        IReadOnlyList<SiteRun> runs, FailoverStep step, Func<Task<Dictionary<SiteRun, (string? Problem, string? Detail)>>> work)
    {
        var operationId = runs[0].OperationId;
        journal.AppendMany(operationId, runs.Select(run => new JournalNote(run.Plan.SiteName, step, JournalMoment.Started)));
        var started = time.GetTimestamp();
        var startedAt = time.GetUtcNow();
        var outcomes = await work().ConfigureAwait(false);
        var took = time.GetElapsedTime(started);
        foreach (var (run, (problem, detail)) in outcomes)
        {
            run.Measured(step, startedAt, took, detail);
            run.Done.Add(step);
            if (problem is not null)
            {
                run.Warn(problem, step == FailoverStep.Sync ? ErrorIds.ChangeNotInSync : ErrorIds.VerificationFailed);
                reporter.Warning($"{run.Plan.SiteName}: {problem}");
            }
        }

        journal.AppendMany(operationId, outcomes.Select(pair => new JournalNote(
            pair.Key.Plan.SiteName,
            step,
            pair.Value.Problem is null ? JournalMoment.Done : JournalMoment.Failed,
            pair.Value.Detail)));
    }

    private void Finish(IReadOnlyList<SiteRun> runs)
    {
        if (runs.Count == 0)
        {
            return;
        }

        var now = time.GetUtcNow();
        journal.FinishMany(runs[0].OperationId, runs.Select(run =>
        {
            var way = run.Plan.From is null ? $"to {run.Plan.To}" : $"from {run.Plan.From} to {run.Plan.To ?? "nothing"}";
            var result = run.Warnings.Count == 0
                ? run.End(FailoverOutcome.Succeeded, $"Moved {way}, and proven.", null, now)
                : run.End(FailoverOutcome.SwitchedWithWarnings, $"Moved {way}, but: {string.Join(" ", run.Warnings)}", run.WarningId, now);
            return new JournalEnding(run.Plan.SiteName, result.Outcome, result.Reason, result.ErrorId, result);
        }).ToArray());
    }

    private static List<SiteRun> Going(IReadOnlyList<SiteRun> runs) => runs.Where(static run => run.Active).ToList();

    private static List<SiteRun> Pending(IReadOnlyList<SiteRun> runs, FailoverStep step) =>
        runs.Where(run => run.Active && !run.Done.Contains(step)).ToList();

    private static IEnumerable<FailoverResult> Ended(IReadOnlyList<SiteRun> runs)
    {
        foreach (var run in runs.Where(static run => run.Result is not null && !run.Reported))
        {
            run.Reported = true;
            yield return run.Result!;
        }
    }
}
