using System.Runtime.CompilerServices;
using HostingOps.Engine.Dns;
using HostingOps.Engine.State;

namespace HostingOps.Engine.Failover;

/// <summary>
/// Takes up operations that were cut off. What the journal has as done is not done again; a switch whose answer was not
/// journaled is looked up in Route 53; one that has not happened must pass its gates again first.
/// </summary>
internal sealed class OperationResumer(
    HostingInventory inventory,
    SiteDnsReader dns,
    FailoverPlanner planner,
    UndoPlanner undo,
    RecordSwitcher switcher,
    OperationRunner runner,
    FailoverJournal journal,
    OperationLock locks,
    IOperationReporter reporter,
    TimeProvider time)
{
    /// <summary>Finishes one operation: those of its sites that have no end yet.</summary>
    public async IAsyncEnumerable<FailoverResult> ResumeAsync(
        JournalOperation operation,
        Func<string, bool> siteWanted,
        InvokeOptions options,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        journal.EnsureIntact(operation.Id);
        var zone = await dns.ZoneAsync(cancellationToken).ConfigureAwait(false);
        EnsureSamePlace(operation, zone);
        var (open, strangers) = Known(operation, OpenSites(operation.Id, siteWanted));
        foreach (var name in strangers)
        {
            yield return NotBegun(operation, name);
        }

        using var lease = locks.AcquireAll(zone.Name, open.Keys, operation.Id, OperatorIdentity.Current(), FailoverOperations.Lease);

        // Read again under the lock: until it was free, another process may have finished the very same sites.
        var stillOpen = OpenSites(operation.Id, siteWanted).ToHashSet(StringComparer.Ordinal);
        var entries = journal.Entries(operation.Id);
        var entriesBySite = entries.ToLookup(static entry => entry.SiteName, StringComparer.Ordinal);
        var busy = lease.Busy.ToDictionary(static holder => holder.SiteName, StringComparer.Ordinal);
        var runs = new List<SiteRun>();
        var warnings = new SiteWarnings(reporter);
        foreach (var (name, site) in open)
        {
            if (busy.TryGetValue(name, out var holder))
            {
                yield return NotBegun(operation, name, holder.ToException());
            }
            else if (stillOpen.Contains(name))
            {
                var run = new SiteRun(operation.Id, journal.Plan(operation.Id, name), site, operation.StartedAt);
                JournalReplay.Apply(run, [.. entriesBySite[name]]);
                foreach (var earlier in run.Warnings)
                {
                    warnings.Add(run.WarningId!, name, earlier);
                }

                runs.Add(run);
            }
            else if (journal.Result(operation.Id, name) is { } ended)
            {
                yield return ended;
            }
        }

        warnings.Tell();
        if (runs.Count == 0)
        {
            yield break;
        }

        var marker = inventory.Policy.Marker
            ? new SwitchMarker { OperationId = operation.Id, By = operation.By, At = time.GetUtcNow() }
            : null;
        using var renewal = lease.KeepRenewed(time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, renewal.Lost);
        if (await CutOffOperation.CatchAsync(() => SettleAsync(zone, runs, both.Token), runs, renewal.Lost).ConfigureAwait(false) is { } cutOff)
        {
            throw cutOff;
        }

        await foreach (var result in runner.RunAsync(
            zone, marker, runs, JournalReplay.NextBatch(entries), options, renewal.Lost, both.Token).ConfigureAwait(false))
        {
            yield return result;
        }
    }

    private string[] OpenSites(string operationId, Func<string, bool> siteWanted) =>
        [.. journal.History(new HistoryFilter { OperationId = operationId, ResumableOnly = true, First = int.MaxValue })
            .Where(entry => entry.OperationId == operationId && siteWanted(entry.SiteName)).Select(static entry => entry.SiteName)];

    // In another account, or at another endpoint, a zone of the same name would only show that nothing is as expected.
    private static void EnsureSamePlace(JournalOperation operation, HostedZoneReference zone)
    {
        if (!operation.IsIn(zone.Id))
        {
            throw new HostingException(
                ErrorIds.OperationNotResumable,
                HostingErrorCategory.InvalidArgument,
                operation.Id,
                $"Operation {operation.Id} was begun in hosted zone {operation.ZoneId} at {operation.EndpointUrl ?? "AWS"}; '{zone.Name}' here is hosted zone {zone.Id}.",
                "Resume it with the AWS profile and the endpoint that it was begun with.");
        }
    }

    private (Dictionary<string, HostedSite> Open, IReadOnlyList<string> Strangers) Known(JournalOperation operation, IReadOnlyList<string> names)
    {
        var sites = inventory.Sites.ToDictionary(static site => site.Name, StringComparer.Ordinal);
        var open = names.Where(sites.ContainsKey).ToDictionary(static name => name, name => sites[name], StringComparer.Ordinal);
        var strangers = names.Where(name => !sites.ContainsKey(name)).ToArray();
        return open.Count > 0 || strangers.Length == 0 ? (open, strangers) : throw NotInInventory(operation, strangers[0]);
    }

    private static HostingException NotInInventory(JournalOperation operation, string siteName) => new(
        ErrorIds.OperationNotResumable,
        HostingErrorCategory.ObjectNotFound,
        siteName,
        $"Operation {operation.Id} moves '{siteName}', which this inventory does not have.",
        $"Resume it with the inventory it was begun with: {operation.InventoryPath ?? "(none recorded)"}.");

    private FailoverResult NotBegun(JournalOperation operation, string siteName, HostingException? why = null)
    {
        why ??= NotInInventory(operation, siteName);
        var plan = journal.Plan(operation.Id, siteName);
        return new FailoverResult
        {
            OperationId = operation.Id,
            SiteName = siteName,
            Kind = plan.Kind,
            Outcome = why.ErrorId == ErrorIds.SiteBusy ? FailoverOutcome.Conflict : FailoverOutcome.Unknown,
            Reason = why.Message,
            From = plan.From,
            To = plan.To,
            Before = plan.Change?.Before ?? [],
            ErrorId = why.ErrorId,
            StartedAt = operation.StartedAt,
            InventoryPath = plan.InventoryPath,
        };
    }

    private async Task SettleAsync(HostedZoneReference zone, IReadOnlyList<SiteRun> runs, CancellationToken cancellationToken)
    {
        var open = runs.Where(static run => !run.Switched).ToDictionary(static run => run.Plan.SiteName, StringComparer.Ordinal);
        if (open.Count == 0)
        {
            return;
        }

        // A switch that was journaled as sent may have happened; one that was not can only have been made by others.
        var verdicts = await switcher.ReconcileAsync(
            zone, [.. open.Values.Select(static run => (run.Change, run.Unanswered))], cancellationToken).ConfigureAwait(false);
        var applied = verdicts.Where(static verdict => verdict.Outcome == SwitchOutcome.Applied).ToArray();
        if (applied.Length > 0)
        {
            journal.AppendMany(open.Values.First().OperationId, applied.Select(static verdict =>
                new JournalNote(verdict.Switch.SiteName, FailoverStep.Switch, JournalMoment.Done, verdict.Note)));
        }

        foreach (var verdict in verdicts)
        {
            var run = open[verdict.Switch.SiteName];
            if (verdict.Outcome == SwitchOutcome.Applied)
            {
                run.Done.Add(FailoverStep.Switch);
            }
            else
            {
                runner.End(run, FailoverOutcome.Conflict, verdict.Error!.Message, verdict.Error);
            }
        }

        await LookAgainAsync([.. open.Values.Where(static run => run.Active && !run.Switched)], cancellationToken).ConfigureAwait(false);
    }

    // Hours may lie between the crash and now: what has not been switched must be as right now as it was then.
    private async Task LookAgainAsync(IReadOnlyList<SiteRun> runs, CancellationToken cancellationToken)
    {
        foreach (var group in runs.GroupBy(static run => (
            run.Plan.Kind,
            run.Plan.To,
            run.Plan.OverrideReason,
            Overrides: string.Join(',', run.Plan.Gates.Where(static gate => gate.Outcome == GateOutcome.Overridden).Select(static gate => gate.Name)))))
        {
            if (group.Key.Kind == FailoverKind.Manual)
            {
                continue;
            }

            var sample = group.First().Plan;
            var options = new PlanOptions
            {
                Planned = group.Key.Kind == FailoverKind.Switchover,
                To = group.Key.To,
                Overrides = [.. sample.Gates.Where(static gate => gate.Outcome == GateOutcome.Overridden).Select(static gate => gate.Name)],
                OverrideReason = group.Key.OverrideReason,
            };
            var fresh = group.Key.Kind == FailoverKind.Undo
                ? await undo.AnswerGatesAsync([.. group.Select(static run => (run.Plan, run.Site))], options, cancellationToken, runs[0].OperationId).ConfigureAwait(false)
                : await planner.PlanAsync([.. group.Select(static run => run.Site)], options, cancellationToken, runs[0].OperationId).ConfigureAwait(false);
            foreach (var (run, plan) in group.Zip(fresh))
            {
                var refusing = plan.Gates.Where(static gate => !gate.Allows).ToArray();
                if (refusing.Length > 0)
                {
                    var reason = $"Not switched before it was cut off, and now refused: {string.Join(" ", refusing.Select(static gate => $"{gate.Name}: {gate.Reason}"))}";
                    runner.End(
                        run,
                        FailoverOutcome.Refused,
                        reason,
                        new HostingException(ErrorIds.FailoverRefused, HostingErrorCategory.Refused, run.Plan.SiteName, reason));
                }
            }
        }
    }
}
