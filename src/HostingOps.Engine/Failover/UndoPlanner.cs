using HostingOps.Engine.Dns;
using HostingOps.Engine.Health;
using HostingOps.Engine.Mirror.Checking;
using HostingOps.Engine.Operations;
using HostingOps.Engine.State;

namespace HostingOps.Engine.Failover;

/// <summary>Plans the way back: the records that an operation replaced, by compare-and-swap against those it left.</summary>
internal sealed class UndoPlanner(
    HostingInventory inventory,
    SiteDnsReader dns,
    SiteProber prober,
    MirrorAsker mirrors,
    FailoverJournal journal,
    OpenOperations operations,
    IOperationReporter reporter,
    TimeProvider time)
{
    private readonly UnfinishedOriginal unfinished = new(journal);
    private readonly Dictionary<string, HostedSite> sites = inventory.Sites.ToDictionary(static site => site.Name, StringComparer.Ordinal);

    /// <summary>Plans to take back the named operation, or each named site's newest switch, also one that was cut off.</summary>
    public async Task<IReadOnlyList<SiteFailoverPlan>> PlanAsync(
        string? operationId, IReadOnlyList<string>? siteNames, PlanOptions options, CancellationToken cancellationToken)
    {
        FailoverGates.EnsureAllowed(options.Overrides, options.OverrideReason);
        var operation = Operation(operationId, siteNames);
        var zone = await dns.ZoneAsync(cancellationToken).ConfigureAwait(false);
        var former = Choose(operation, siteNames, zone).Select(entry => (Plan: Reversed(entry), Site: sites[entry.SiteName])).ToArray();
        return await AnswerGatesAsync(former, options, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Answers the gates of undo plans anew: the record as the operation left it, the former host healthy, and no other operation
    /// open on the site.
    /// </summary>
    /// <param name="plans">The plans with their sites.</param>
    /// <param name="options">Overrides, and how many probes at once.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <param name="resuming">The undo that is being resumed: being open does not speak against itself.</param>
    public async Task<IReadOnlyList<SiteFailoverPlan>> AnswerGatesAsync(
        IReadOnlyList<(SiteFailoverPlan Plan, HostedSite Site)> plans, PlanOptions options, CancellationToken cancellationToken, string? resuming = null)
    {
        var reading = await dns.ReadForChangeAsync([.. plans.Select(static pair => pair.Site)], cancellationToken).ConfigureAwait(false);
        var standbys = new SiteHealth?[plans.Count];
        var sightings = new MirrorSighting?[plans.Count];
        var throttled = new ThrottledProber(prober, options.ThrottleLimit);
        using var progress = new ActivityProgress(reporter, time, "Probing the former hosts", plans.Count);
        await Task.WhenAll(plans.Select(async (pair, i) =>
        {
            if (pair.Plan.To is { } name)
            {
                var host = SiteHosts.Of(pair.Site, name);
                standbys[i] = await throttled.ProbeAsync(pair.Site, host, cancellationToken).ConfigureAwait(false);
                sightings[i] = MirrorFreshness.IsAsked(pair.Site, host) ? await mirrors.SeeAsync(pair.Site, host, cancellationToken).ConfigureAwait(false) : null;
            }

            progress.Advance(pair.Site.Name);
        })).ConfigureAwait(false);
        var open = plans.Select(static pair => pair.Plan.UndoOf!).Distinct(StringComparer.Ordinal)
            .ToDictionary(static id => id, unfinished.OpenSites, StringComparer.Ordinal);
        var originals = plans.ToDictionary(static pair => pair.Plan.SiteName, static pair => pair.Plan.UndoOf, StringComparer.Ordinal);
        var others = operations.Find(reading.Zone, entry => entry.OperationId == resuming || entry.OperationId == originals.GetValueOrDefault(entry.SiteName));
        return plans.Select((pair, i) =>
        {
            var neverSwitched = open[pair.Plan.UndoOf!].Contains(pair.Plan.SiteName)
                && DesiredRecords.SameRecords(reading.Targets[i].RecordSets, pair.Plan.Change!.After, compareTtl: true);
            var change = neverSwitched ? pair.Plan.Change! with { Before = pair.Plan.Change.After } : pair.Plan.Change!;
            var gates = new List<FailoverGate> { neverSwitched ? NothingToTakeBack(pair.Plan) : AsLeft(pair.Plan, reading, i) };
            if (pair.Plan.To is { } to && !neverSwitched)
            {
                var host = SiteHosts.Of(pair.Site, to);
                gates.Add(FailoverGates.StandbyHealthy(pair.Site, host, standbys[i]));
                if (MirrorFreshness.IsAsked(pair.Site, host))
                {
                    gates.Add(MirrorFreshness.Gate(pair.Site, host, sightings[i], time.GetUtcNow()));
                }
            }

            if (others.TryGetValue(pair.Plan.SiteName, out var other))
            {
                gates.Add(FailoverGates.NothingOpen(other));
            }

            var answered = FailoverGates.Override(gates, options.Overrides, options.OverrideReason);
            return pair.Plan with
            {
                Gates = answered,
                Change = change with { MarkerSeen = reading.Marker?.OperationId },
                Hooks = neverSwitched ? [] : pair.Plan.Hooks,
                ZoneId = reading.Zone.Id,
                Observations = standbys[i] is { } standby ? [standby] : [],
                PropagationSeconds = reading.Targets[i].Ttl,
                OverrideReason = answered.Any(static gate => gate.Outcome == GateOutcome.Overridden) ? options.OverrideReason : null,
                CreatedAt = time.GetUtcNow(),
            };
        }).ToArray();
    }

    private static FailoverGate NothingToTakeBack(SiteFailoverPlan plan) =>
        new(GateName.RecordAsExpected, GateOutcome.Passed, $"Operation {plan.UndoOf} was cut off before it changed the record; it is given up.");

    private static FailoverGate AsLeft(SiteFailoverPlan plan, SiteDnsReading reading, int index) =>
        reading.ObstacleTo(plan.Change!.After, index) is { } obstacle ? new(GateName.RecordAsExpected, GateOutcome.Refused, obstacle)
        : DesiredRecords.SameRecords(reading.Targets[index].RecordSets, plan.Change.Before, compareTtl: true)
            ? new(GateName.RecordAsExpected, GateOutcome.Passed, $"The record is as operation {plan.UndoOf} left it.")
            : new(GateName.RecordAsExpected, GateOutcome.Refused,
                $"Changed since operation {plan.UndoOf}: it left {DesiredRecords.Describe(plan.Change.Before)}, now there is {DesiredRecords.Describe(reading.Targets[index].RecordSets)}.");

    private JournalOperation? Operation(string? operationId, IReadOnlyList<string>? siteNames)
    {
        if (operationId is null && siteNames is not { Count: > 0 })
        {
            throw new HostingException(
                ErrorIds.InvalidArgument,
                HostingErrorCategory.InvalidArgument,
                null,
                "Neither an operation nor a site was named, so there is nothing to say what to undo.",
                "Name the operation, as Get-SiteFailoverHistory shows it, or the sites.");
        }

        return operationId is null ? null : journal.FindOperation(operationId) ?? throw NotFound(operationId);
    }

    private List<FailoverHistoryEntry> Choose(JournalOperation? operation, IReadOnlyList<string>? siteNames, HostedZoneReference zone)
    {
        if (operation is not null && !operation.IsIn(zone.Id))
        {
            throw new HostingException(
                ErrorIds.OperationNotUndoable,
                HostingErrorCategory.InvalidArgument,
                operation.Id,
                $"Operation {operation.Id} changed hosted zone {operation.ZoneId} at {operation.EndpointUrl ?? "AWS"}; '{zone.Name}' here is hosted zone {zone.Id}.",
                "Take it back with the AWS profile and the endpoint that it was made with.");
        }

        // One state database serves several inventories, and rehearsals of them: a site of that name may be in each.
        var history = journal.History(new HistoryFilter { OperationId = operation?.Id, Sites = siteNames, First = int.MaxValue }, zone.Name, zone.Id);
        var chosen = history.Where(static entry => CanBeTakenBack(entry)).DistinctBy(static entry => entry.SiteName).ToList();
        if (chosen.Count > 0)
        {
            journal.EnsureIntact([.. chosen.Select(static entry => entry.OperationId).Distinct(StringComparer.Ordinal)]);
        }

        var warnings = new SiteWarnings(reporter);
        foreach (var gone in chosen.Where(entry => !sites.ContainsKey(entry.SiteName)))
        {
            warnings.Add(ErrorIds.SiteNotFound, gone.SiteName, $"operation {gone.OperationId} moved it, but the inventory does not have it any more; it is not undone.");
        }

        warnings.Tell();

        var known = chosen.Where(entry => sites.ContainsKey(entry.SiteName)).ToList();
        return known.Count > 0 ? known : throw NothingToUndo(operation?.Id, siteNames, history, chosen);
    }

    private HostingException NothingToUndo(
        string? operationId, IReadOnlyList<string>? siteNames, IReadOnlyList<FailoverHistoryEntry> history, IReadOnlyList<FailoverHistoryEntry> gone)
    {
        var what = operationId is null ? string.Join(", ", siteNames ?? []) : $"operation {operationId}";
        return new HostingException(
            ErrorIds.OperationNotUndoable,
            HostingErrorCategory.InvalidArgument,
            what,
            gone.Count > 0 ? $"What {what} switched is not in the inventory any more: {string.Join(", ", gone.Select(static entry => entry.SiteName))}."
            : history.Count == 0 ? $"The journal has no switch for {what} in zone '{inventory.Zone}'."
            : $"Nothing of {what} is switched: {history[0].SiteName} is {history[0].Outcome} ({history[0].Reason}).",
            gone.Count > 0 ? "Use the inventory that has them, or set the records by hand." : "Look at Get-SiteFailoverHistory.");
    }

    private static bool CanBeTakenBack(FailoverHistoryEntry entry) =>
        entry.Resumable || entry.Outcome is FailoverOutcome.Succeeded or FailoverOutcome.SwitchedWithWarnings;

    private SiteFailoverPlan Reversed(FailoverHistoryEntry entry)
    {
        var plan = journal.Plan(entry.OperationId, entry.SiteName);
        var site = sites[entry.SiteName];
        return plan with
        {
            Kind = FailoverKind.Undo,
            From = plan.To,
            To = plan.From,
            Change = plan.Change! with { Before = plan.Change.After, After = plan.Change.Before },
            Hooks = plan is { From: { } from, To: { } to } && plan.Kind != FailoverKind.Manual
                ? HookPlan.For(site, SiteHosts.Of(site, to), SiteHosts.Of(site, from))
                : [],
            UndoOf = entry.OperationId,
            Observations = [],
        };
    }

    private static HostingException NotFound(string operationId) => new(
        ErrorIds.OperationNotFound,
        HostingErrorCategory.ObjectNotFound,
        operationId,
        $"The journal has no operation '{operationId}'.",
        "Look at Get-SiteFailoverHistory; the state database is named by $HOSTINGOPS_STATE.");
}
