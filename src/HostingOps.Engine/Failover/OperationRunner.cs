using System.Runtime.CompilerServices;
using HostingOps.Engine.Dns;
using HostingOps.Engine.Operations;
using HostingOps.Engine.State;

namespace HostingOps.Engine.Failover;

/// <summary>
/// Takes sites through the steps of an operation: fence and promote, switch, sync, verify, after, finish. The journal is
/// written before and after each step, so a run that is cut off anywhere can be taken up again.
/// </summary>
internal sealed class OperationRunner(
    HookStages hooks, RecordSwitcher switcher, ChangeWaiter waiter, SwitchProof proof, FailoverJournal journal, IOperationReporter reporter, TimeProvider time)
{
    // Hooks before, switch, sync, verify, hooks after.
    private const int Steps = 5;

    /// <summary>Runs every step that the sites have not done yet. A result comes for each site as it ends.</summary>
    /// <param name="zone">The hosted zone of all the sites.</param>
    /// <param name="operation">What the zone's marker will say, or null for no marker.</param>
    /// <param name="runs">The sites.</param>
    /// <param name="firstBatch">Number of the first batch: above those that the operation has sent before.</param>
    /// <param name="options">Limits and time-outs.</param>
    /// <param name="lockLost">Is cancelled together with <paramref name="cancellationToken"/> when the sites' locks were lost.</param>
    /// <param name="cancellationToken">Stops where it is; the journal then says how far it got.</param>
    /// <exception cref="HostingException">What stopped it in the middle, with what is switched by then and how to go on.</exception>
    public async IAsyncEnumerable<FailoverResult> RunAsync(
        HostedZoneReference zone,
        SwitchMarker? operation,
        IReadOnlyList<SiteRun> runs,
        int firstBatch,
        InvokeOptions options,
        CancellationToken lockLost,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var progress = new ActivityProgress(reporter, time, MoveProgress.Activity, Steps);
        Func<Task>[] stages =
        [
            () => DoAsync(FailoverStep.Promote, () => hooks.BeforeSwitchAsync(runs, options.ThrottleLimit, cancellationToken)),
            () => DoAsync(FailoverStep.Switch, () => SwitchAsync(zone, operation, firstBatch, Going(runs), cancellationToken)),
            async () =>
            {
                await DoAsync(FailoverStep.Sync, () => SyncAsync(Going(runs), options, cancellationToken)).ConfigureAwait(false);
                await DoAsync(FailoverStep.Verify, () => VerifyAsync(zone, Going(runs), options, cancellationToken)).ConfigureAwait(false);
                await DoAsync(FailoverStep.After, () => hooks.AfterSwitchAsync(Going(runs), options.ThrottleLimit, cancellationToken)).ConfigureAwait(false);
                Finish(Going(runs));
            },
        ];
        var told = false;
        try
        {
            foreach (var stage in stages)
            {
                var cutOff = await CutOffOperation.CatchAsync(stage, runs, lockLost).ConfigureAwait(false);
                foreach (var result in Ended(runs))
                {
                    yield return result;
                }

                if (cutOff is not null)
                {
                    told = true;
                    throw cutOff;
                }
            }

            told = true;
        }
        finally
        {
            // Stopped, or left by whoever took the results: no exception tells the operator.
            if (!told && runs.Any(static run => run.Active))
            {
                reporter.Warning(CutOffOperation.Interrupted(runs));
            }
        }

        async Task DoAsync(FailoverStep step, Func<Task> work)
        {
            progress.Now(step.ToString());
            await work().ConfigureAwait(false);
            progress.Advance(step.ToString());
        }
    }

    /// <summary>Ends a site early and journals why.</summary>
    public void End(SiteRun run, FailoverOutcome outcome, string reason, HostingException? error) =>
        Finish(run.OperationId, [Ending(run, outcome, reason, error)]);

    private async Task SwitchAsync(
        HostedZoneReference zone, SwitchMarker? operation, int firstBatch, IReadOnlyList<SiteRun> going, CancellationToken cancellationToken)
    {
        var runs = going.Where(static run => !run.Switched).ToDictionary(static run => run.Plan.SiteName, StringComparer.Ordinal);
        if (runs.Count == 0)
        {
            return;
        }

        var started = time.GetTimestamp();
        var startedAt = time.GetUtcNow();
        var operationId = going[0].OperationId;
        var batches = switcher.SwitchBatchesAsync(
            zone, [.. runs.Values.Select(static run => run.Change)], operation, firstBatch, WriteSending, cancellationToken);
        await foreach (var settled in batches.ConfigureAwait(false))
        {
            Settle(operationId, [.. settled.Select(result => (runs[result.Switch.SiteName], result))], startedAt, time.GetElapsedTime(started));
        }

        void WriteSending(int number, IReadOnlyList<DnsSwitch> changes)
        {
            var note = JournalReplay.Note(number, operation is not null);
            journal.AppendMany(operationId, changes.Select(change => new JournalNote(change.SiteName, FailoverStep.Switch, JournalMoment.Started, DataJson: note)));
            foreach (var change in changes)
            {
                runs[change.SiteName].Sent(operation is null ? null : number);
            }
        }
    }

    // A request's sites are journaled before the next request is sent.
    private void Settle(string operationId, IReadOnlyList<(SiteRun Run, SwitchResult Result)> settled, DateTimeOffset startedAt, TimeSpan took)
    {
        var notes = new List<JournalNote>();
        var endings = new List<JournalEnding>();
        foreach (var (run, result) in settled)
        {
            run.Measured(FailoverStep.Switch, startedAt, took, result.Note ?? result.Error?.Message ?? $"The record is {DesiredRecords.Describe(run.Change.After)}.");
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
                    run.Refused();
                    notes.Add(new JournalNote(run.Plan.SiteName, FailoverStep.Switch, JournalMoment.Failed, result.Error!.Message));
                    endings.Add(Ending(
                        run, result.Outcome == SwitchOutcome.Conflict ? FailoverOutcome.Conflict : FailoverOutcome.Failed, result.Error.Message, result.Error));
                    break;
            }
        }

        if (notes.Count > 0)
        {
            journal.AppendMany(operationId, notes);
        }

        Finish(operationId, endings);
    }

    private JournalEnding Ending(SiteRun run, FailoverOutcome outcome, string reason, HostingException? error)
    {
        var whole = reason + run.HooksThatRan;
        var result = run.End(outcome, whole, error?.ErrorId, time.GetUtcNow(), (error as RecordConflictException)?.Actual);
        return new JournalEnding(run.Plan.SiteName, outcome, whole, error?.ErrorId, result);
    }

    private void Finish(string operationId, IReadOnlyList<JournalEnding> endings)
    {
        if (endings.Count > 0)
        {
            journal.FinishMany(operationId, endings);
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
                return runs.ToDictionary(static run => run, static run => (Problem: (string?)null, Detail: (string?)(run.ChangeId is null
                    ? "The change's id was lost with the answer; the name servers are asked themselves."
                    : "INSYNC")));
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
        var warnings = new SiteWarnings(reporter);
        foreach (var (run, (problem, detail)) in outcomes)
        {
            run.Measured(step, startedAt, took, detail);
            run.Done.Add(step);
            if (problem is not null)
            {
                run.Warn(problem, step == FailoverStep.Sync ? ErrorIds.ChangeNotInSync : ErrorIds.VerificationFailed);
                warnings.Add(step == FailoverStep.Sync ? ErrorIds.ChangeNotInSync : ErrorIds.VerificationFailed, run.Plan.SiteName, problem);
            }
        }

        warnings.Tell();
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
            var where = run.Plan.To ?? DesiredRecords.Describe(run.Change.After);
            var way = run.Plan.From is null ? $"to {where}" : $"from {run.Plan.From} to {where}";
            var result = run.Warnings.Count == 0
                ? run.End(FailoverOutcome.Succeeded, $"Moved {way}, {proof.Claim}.", null, now)
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
