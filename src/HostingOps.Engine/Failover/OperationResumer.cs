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
        var open = journal.History(new HistoryFilter { OperationId = operation.Id, ResumableOnly = true, First = int.MaxValue })
            .Where(entry => siteWanted(entry.SiteName)).Select(static entry => entry.SiteName).ToArray();
        if (open.Length == 0)
        {
            yield break;
        }

        var zone = await dns.ZoneAsync(cancellationToken).ConfigureAwait(false);
        if (!operation.IsIn(zone.Id))
        {
            throw new HostingException(
                ErrorIds.OperationNotResumable,
                HostingErrorCategory.InvalidArgument,
                operation.Id,
                $"Operation {operation.Id} was begun in the hosted zone {operation.ZoneId} at {operation.EndpointUrl ?? "AWS"}; the zone '{zone.Name}' here is {zone.Id}.",
                $"Resume it where it was begun: {operation.InventoryPath ?? "the inventory is not recorded"}.");
        }

        var plans = open.ToDictionary(static name => name, name => Plan(operation, name, zone), StringComparer.Ordinal);
        using var lease = locks.AcquireAll(zone.Name, open, operation.Id, OperatorIdentity.Current(), FailoverOperations.Lease);
        var runs = new List<SiteRun>();
        foreach (var name in open)
        {
            var run = new SiteRun(operation.Id, plans[name], inventory.Sites.First(site => site.Name == name), operation.StartedAt);
            if (lease.Holds(name))
            {
                JournalReplay.Apply(run, journal.Entries(operation.Id, name));
                runs.Add(run);
            }
            else
            {
                var busy = lease.Busy.First(holder => holder.SiteName == name).ToException();
                yield return run.End(FailoverOutcome.Conflict, busy.Message, busy.ErrorId, time.GetUtcNow());
            }
        }

        var marker = inventory.Policy.Marker
            ? new SwitchMarker { OperationId = operation.Id, By = operation.By, At = time.GetUtcNow() }
            : null;
        using var renewal = lease.KeepRenewed(time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, renewal.Lost);
        await SettleAsync(zone, marker, runs, both.Token).ConfigureAwait(false);
        await foreach (var result in runner.RunAsync(zone, marker, runs, options, both.Token).ConfigureAwait(false))
        {
            yield return result;
        }
    }

    private SiteFailoverPlan Plan(JournalOperation operation, string siteName, HostedZoneReference zone)
    {
        var plan = journal.Plan(operation.Id, siteName);
        return inventory.Sites.Any(site => site.Name == siteName) && plan.Zone == zone.Name ? plan : throw new HostingException(
            ErrorIds.OperationNotResumable,
            HostingErrorCategory.ObjectNotFound,
            siteName,
            $"Operation {operation.Id} moves '{siteName}' in zone '{plan.Zone}', which this inventory does not have.",
            $"Resume it with the inventory it was begun with: {operation.InventoryPath ?? "(none recorded)"}.");
    }

    private async Task SettleAsync(HostedZoneReference zone, SwitchMarker? marker, IReadOnlyList<SiteRun> runs, CancellationToken cancellationToken)
    {
        var open = runs.Where(static run => !run.Switched).ToArray();
        if (open.Length == 0)
        {
            return;
        }

        // A switch that was journaled as begun may have happened; one that was not can only have been made by others.
        foreach (var group in open.GroupBy(static run => run.SwitchMayHaveApplied))
        {
            var verdicts = await switcher.ReconcileAsync(
                zone, [.. group.Select(static run => run.Change)], marker?.OperationId, group.Key, cancellationToken).ConfigureAwait(false);
            foreach (var verdict in verdicts)
            {
                var run = group.First(run => run.Plan.SiteName == verdict.Switch.SiteName);
                if (verdict.Outcome == SwitchOutcome.Applied)
                {
                    run.Done.Add(FailoverStep.Switch);
                    journal.Append(run.OperationId, run.Plan.SiteName, FailoverStep.Switch, JournalMoment.Done, verdict.Note);
                }
                else
                {
                    runner.End(run, FailoverOutcome.Conflict, verdict.Error!.Message, verdict.Error.ErrorId);
                }
            }
        }

        await LookAgainAsync([.. open.Where(static run => run.Active && !run.Switched)], cancellationToken).ConfigureAwait(false);
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
                ? await undo.AnswerGatesAsync([.. group.Select(static run => (run.Plan, run.Site))], options, cancellationToken).ConfigureAwait(false)
                : await planner.PlanAsync([.. group.Select(static run => run.Site)], options, cancellationToken).ConfigureAwait(false);
            foreach (var (run, plan) in group.Zip(fresh))
            {
                var refusing = plan.Gates.Where(static gate => !gate.Allows).ToArray();
                if (refusing.Length > 0)
                {
                    runner.End(
                        run,
                        FailoverOutcome.Refused,
                        $"Not switched before it was cut off, and now refused: {string.Join(" ", refusing.Select(static gate => $"{gate.Name}: {gate.Reason}"))}",
                        ErrorIds.FailoverRefused);
                }
            }
        }
    }
}
