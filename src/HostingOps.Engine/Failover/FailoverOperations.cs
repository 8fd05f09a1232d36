using System.Runtime.CompilerServices;
using HostingOps.Engine.Dns;
using HostingOps.Engine.State;

namespace HostingOps.Engine.Failover;

/// <summary>Begins operations from plans: the last look at the gates, the locks, the journal, then the steps.</summary>
internal sealed class FailoverOperations(
    HostingInventory inventory,
    SiteDnsReader dns,
    FailoverPlanner planner,
    OperationRunner runner,
    FailoverJournal journal,
    PauseRegister pauses,
    OpenOperations operations,
    OperationLock locks,
    string? endpointUrl,
    TimeProvider time)
{
    /// <summary>A plan older than this was made from a world that may be gone.</summary>
    public static readonly TimeSpan MaxPlanAge = TimeSpan.FromMinutes(15);

    private readonly UnfinishedOriginal unfinished = new(journal);
    private readonly Dictionary<string, HostedSite> sites = inventory.Sites.ToDictionary(static site => site.Name, StringComparer.Ordinal);

    // Kept renewed while the operation goes on. A dead process's locks are taken over at once on its own machine, and after this elsewhere.
    internal static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    /// <summary>Carries the plans out. Plans of one kind are one operation.</summary>
    public async IAsyncEnumerable<FailoverResult> InvokeAsync(
        IReadOnlyList<SiteFailoverPlan> plans, InvokeOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var group in plans.GroupBy(static plan => (plan.Kind, plan.UndoOf)))
        {
            var begun = new List<SiteFailoverPlan>();
            foreach (var plan in group)
            {
                if (LastLook(plan) is { } refusal)
                {
                    yield return refusal;
                }
                else
                {
                    begun.Add(plan);
                }
            }

            if (begun.Count > 0)
            {
                await foreach (var result in RunAsync(begun, options, cancellationToken).ConfigureAwait(false))
                {
                    yield return result;
                }
            }
        }
    }

    private async IAsyncEnumerable<FailoverResult> RunAsync(
        IReadOnlyList<SiteFailoverPlan> plans, InvokeOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var zone = await dns.ZoneAsync(cancellationToken).ConfigureAwait(false);
        var operationId = journal.NewId();
        var by = options.ByWatcher ? OperatorIdentity.Watcher() : OperatorIdentity.Current();
        using var lease = locks.AcquireAll(zone.Name, plans.Select(static plan => plan.SiteName), operationId, by, Lease);
        var holders = lease.Busy.ToDictionary(static holder => holder.SiteName, StringComparer.Ordinal);
        foreach (var plan in plans.Where(plan => !lease.Holds(plan.SiteName)))
        {
            var busy = holders[plan.SiteName].ToException();
            yield return NotBegun(plan, FailoverOutcome.Conflict, busy.ErrorId, busy.Message);
        }

        foreach (var plan in plans.Where(plan => lease.Holds(plan.SiteName) && IsElsewhere(plan, zone)))
        {
            yield return NotBegun(
                plan, FailoverOutcome.Refused, ErrorIds.PlanStale, $"The plan was made for hosted zone {plan.ZoneId}, but '{zone.Name}' here is hosted zone {zone.Id}.");
        }

        var (held, obstructed) = WithNothingOpen(plans.Where(plan => lease.Holds(plan.SiteName) && !IsElsewhere(plan, zone)), zone);
        foreach (var refusal in obstructed)
        {
            yield return refusal;
        }

        // Read under the lock: until it was free, another process may have ended the original.
        var open = unfinished.OpenSites(plans[0].UndoOf);
        var idle = held.Where(static plan => plan.Change!.IsEmpty).ToArray();
        if (plans[0].UndoOf is { } abandoned)
        {
            unfinished.EndAsGivenUp(abandoned, idle.Select(static plan => plan.SiteName).Where(open.Contains), by);
        }

        foreach (var plan in idle)
        {
            yield return NotBegun(plan, FailoverOutcome.Unchanged, null, open.Contains(plan.SiteName)
                ? $"Operation {plan.UndoOf} had not changed the record, and is given up."
                : $"The record is already as before operation {plan.UndoOf}.");
        }

        var free = held.Where(static plan => !plan.Change!.IsEmpty).ToArray();
        if (free.Length == 0)
        {
            yield break;
        }

        var startedAt = time.GetUtcNow();
        Dictionary<string, FailoverResult> refused = [];
        var operation = new JournalOperation
        {
            Id = operationId,
            Kind = free[0].Kind,
            By = by,
            InventoryPath = inventory.Path,
            Zone = zone.Name,
            ZoneId = zone.Id,
            EndpointUrl = endpointUrl,
            UndoOf = free[0].UndoOf,
            StartedAt = startedAt,
            Sites = [.. free.Select(static plan => new JournalSite(plan.SiteName, plan))],
        };
        var begun = journal.Begin(operation, free[0].Kind == FailoverKind.Failover ? planner.WindowBegin : null, (moves, wanted) =>
        {
            refused = OverTheLimit(free, moves);
            return [.. wanted.Where(site => !refused.ContainsKey(site.SiteName))];
        });
        if (operation.UndoOf is { } original)
        {
            unfinished.EndAsTakenBack(original, begun.Select(static site => site.SiteName).Where(open.Contains), operationId);
        }

        foreach (var refusal in refused.Values)
        {
            yield return refusal;
        }

        if (begun.Count == 0)
        {
            yield break;
        }

        var runs = begun.Select(site => new SiteRun(operationId, site.Plan, sites[site.SiteName], startedAt)).ToArray();
        var marker = inventory.Policy.Marker ? new SwitchMarker { OperationId = operationId, By = by, At = startedAt } : null;
        using var renewal = lease.KeepRenewed(time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, renewal.Lost);
        await foreach (var result in runner.RunAsync(zone, marker, runs, firstBatch: 1, options, renewal.Lost, both.Token).ConfigureAwait(false))
        {
            yield return result;
        }
    }

    // Between the plan and now somebody may have paused the site, or the inventory may have changed.
    private FailoverResult? LastLook(SiteFailoverPlan plan)
    {
        if (!plan.Allowed)
        {
            var refusing = plan.Gates.Where(static gate => !gate.Allows).ToArray();
            return NotBegun(plan, FailoverOutcome.Refused, ErrorIds.FailoverRefused, refusing.Length == 0
                ? "It is not known where to."
                : string.Join(" ", refusing.Select(static gate => $"{gate.Name}: {gate.Reason}")));
        }

        if (!string.Equals(plan.Zone, inventory.Zone, StringComparison.Ordinal))
        {
            return NotBegun(plan, FailoverOutcome.Refused, ErrorIds.PlanStale, $"The plan was made for zone '{plan.Zone}', but the inventory's zone is '{inventory.Zone}'.");
        }

        if (!sites.ContainsKey(plan.SiteName))
        {
            return NotBegun(plan, FailoverOutcome.Refused, ErrorIds.SiteNotFound, $"The inventory has no site '{plan.SiteName}' any more.");
        }

        var age = time.GetUtcNow() - plan.CreatedAt;
        if (age > MaxPlanAge)
        {
            return NotBegun(plan, FailoverOutcome.Refused, ErrorIds.PlanStale, FormattableString.Invariant(
                $"The plan is {age.TotalMinutes:0} min old; after {MaxPlanAge.TotalMinutes:0} min the hosts must be looked at again."));
        }

        // An undo without a change ends an operation that was cut off; that wants the lock.
        if (plan.Change!.IsEmpty && plan.Kind != FailoverKind.Undo)
        {
            return NotBegun(plan, FailoverOutcome.Unchanged, null, $"The record already points to {plan.To}.");
        }

        if (plan.Kind is not (FailoverKind.Failover or FailoverKind.Switchover))
        {
            return null;
        }

        if (!IsOverridden(plan, GateName.NotPaused) && pauses.Find(plan.Zone, plan.SiteName, time.GetUtcNow()) is { } pause)
        {
            return NotBegun(plan, FailoverOutcome.Refused, ErrorIds.FailoverRefused, $"NotPaused: switched off by {pause.By}: {pause.Reason}");
        }

        return null;
    }

    // Asked under the lock, where whatever is open was cut off: between the plan and the lock another process may have begun
    // an operation and died over it.
    private (List<SiteFailoverPlan> Held, List<FailoverResult> Obstructed) WithNothingOpen(IEnumerable<SiteFailoverPlan> plans, HostedZoneReference zone)
    {
        var held = plans.ToList();
        if (held.Count == 0 || held[0].Kind == FailoverKind.Manual)
        {
            return (held, []);
        }

        var original = held[0].UndoOf;
        var open = operations.Find(zone, entry => entry.OperationId == original);
        var obstructed = held
            .Where(plan => !IsOverridden(plan, GateName.NothingOpen))
            .Select(plan => (Plan: plan, Gate: FailoverGates.NothingOpen(open.GetValueOrDefault(plan.SiteName))))
            .Where(static pair => !pair.Gate.Allows)
            .ToDictionary(
                static pair => pair.Plan.SiteName,
                pair => NotBegun(pair.Plan, FailoverOutcome.Refused, ErrorIds.FailoverRefused, $"{pair.Gate.Name}: {pair.Gate.Reason}"),
                StringComparer.Ordinal);
        held.RemoveAll(plan => obstructed.ContainsKey(plan.SiteName));
        return (held, [.. obstructed.Values]);
    }

    // Every plan is within the limits by itself; here they are counted together, with what others have begun since.
    private Dictionary<string, FailoverResult> OverTheLimit(IReadOnlyList<SiteFailoverPlan> plans, IReadOnlyList<SwitchRecord> moves)
    {
        var recent = planner.Failovers(moves);
        var wanted = plans.Select(plan => new SiteMove(plan.SiteName, planner.ProviderOf(plan.From))).ToArray();
        var gates = wanted.Select(static move => move.Provider ?? "").Distinct(StringComparer.Ordinal).ToDictionary(
            static provider => provider,
            provider => FailoverGates.FleetLimit(plans[0].Kind, planner.Fleet(provider, recent, wanted)),
            StringComparer.Ordinal);
        return plans
            .Select(plan => (Plan: plan, Gate: gates[planner.ProviderOf(plan.From) ?? ""]))
            .Where(static pair => !pair.Gate.Allows && !IsOverridden(pair.Plan, GateName.FleetLimit))
            .ToDictionary(
                static pair => pair.Plan.SiteName,
                pair => NotBegun(pair.Plan, FailoverOutcome.Refused, ErrorIds.FailoverRefused, $"FleetLimit: {pair.Gate.Reason}"),
                StringComparer.Ordinal);
    }

    private static bool IsElsewhere(SiteFailoverPlan plan, HostedZoneReference zone) => plan.ZoneId is { } id && id != zone.Id;

    private static bool IsOverridden(SiteFailoverPlan plan, GateName gate) =>
        plan.Gates.Any(answer => answer.Name == gate && answer.Outcome == GateOutcome.Overridden);

    private FailoverResult NotBegun(SiteFailoverPlan plan, FailoverOutcome outcome, string? errorId, string reason) => new()
    {
        SiteName = plan.SiteName,
        Kind = plan.Kind,
        Outcome = outcome,
        Reason = reason,
        From = plan.From,
        To = plan.To,
        Before = plan.Change?.Before ?? [],
        After = outcome == FailoverOutcome.Unchanged ? plan.Change!.After : plan.Change?.Before ?? [],
        ErrorId = errorId,
        StartedAt = time.GetUtcNow(),
        EndedAt = time.GetUtcNow(),
        InventoryPath = plan.InventoryPath,
    };
}
