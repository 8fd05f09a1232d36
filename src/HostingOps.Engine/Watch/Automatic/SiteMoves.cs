using HostingOps.Engine.Failover;

namespace HostingOps.Engine.Watch.Automatic;

/// <summary>Moves sites that are Down away from their active hosts: the same plan, gates, journal and compare-and-swap as by hand, and no override.</summary>
internal sealed class SiteMoves(AutomaticRoom room)
{
    /// <summary>The sites that are Down at this moment, are to be moved by themselves and need not wait any longer, in the inventory's order.</summary>
    public IReadOnlyList<HostedSite> Due(SiteLooks looks, IReadOnlySet<string> underWay, DateTimeOffset now) =>
    [
        .. room.Mover().Inventory.Sites.Where(site =>
            site.Policy.Automatic && !underWay.Contains(site.Name) && looks.Down(site.Name) is not null && (room.Memory.NextTry(site.Name) ?? now) <= now),
    ];

    /// <summary>Plans, looks again, and moves those that may be moved. Whatever fails is told and tried again later.</summary>
    /// <param name="sites">The sites, in the order in which the fleet's limits let them through.</param>
    /// <param name="cancellationToken">Stops where it is; what was begun is finished by the next watcher.</param>
    public async Task MoveAsync(IReadOnlyList<HostedSite> sites, CancellationToken cancellationToken)
    {
        var mover = room.Mover();
        var looks = SiteLooks.Of(room.View);
        var hosts = sites.ToDictionary(static site => site.Name, site => looks.Active(site.Name)?.Target.Host.Name ?? "?", StringComparer.Ordinal);
        var refusals = new List<MoveRefusal>();
        var results = new List<FailoverResult>();
        IReadOnlyList<SiteFailoverPlan> allowed = [];
        try
        {
            var plans = await mover.PlanAsync(sites, new PlanOptions { UpToFleetLimit = true }, cancellationToken).ConfigureAwait(false);
            allowed = StillRight(plans, refusals);
            if (allowed.Count > 0)
            {
                await foreach (var result in mover.InvokeAsync(allowed, new InvokeOptions { ByWatcher = true }, cancellationToken).ConfigureAwait(false))
                {
                    results.Add(result);
                }
            }
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            var begun = allowed.Count == 0 ? [] : await CutOffAsync(mover, cancellationToken).ConfigureAwait(false);
            var settled = results.Select(static result => result.SiteName).Concat(refusals.Select(static refusal => refusal.SiteName)).Concat(begun)
                .ToHashSet(StringComparer.Ordinal);
            var tried = allowed.Count > 0 ? allowed.Select(static plan => plan.SiteName) : sites.Select(static site => site.Name);
            refusals.AddRange(tried.Where(name => !settled.Contains(name)).Select(name => MoveRefusal.Of(name, hosts[name], error)));
        }

        Tell(results, refusals, hosts, mover.Inventory.Path);
        if (allowed.Count > 0)
        {
            room.View.ReadRoutingSoon([.. allowed.Select(static plan => plan.SiteName)]);
        }
    }

    // These were begun: they are finished by themselves, and told then.
    private static async Task<IReadOnlyList<string>> CutOffAsync(ISiteMover mover, CancellationToken cancellationToken)
    {
        try
        {
            return [.. (await mover.CutOffAsync(cancellationToken).ConfigureAwait(false)).Select(static entry => entry.SiteName)];
        }
        catch (HostingException)
        {
            return [];
        }
    }

    // Between the verdict and now hosts were probed for seconds: what holds right before the switch is what counts.
    private List<SiteFailoverPlan> StillRight(IReadOnlyList<SiteFailoverPlan> plans, List<MoveRefusal> refusals)
    {
        var looks = SiteLooks.Of(room.View);
        var policies = room.Mover().Inventory.Sites.Where(static site => site.Policy.Automatic).Select(static site => site.Name).ToHashSet(StringComparer.Ordinal);
        var right = new List<SiteFailoverPlan>();
        var elsewhere = new List<string>();
        var unproven = new HashSet<string>(StringComparer.Ordinal);
        foreach (var plan in plans)
        {
            if (looks.Down(plan.SiteName) is not { } down || !policies.Contains(plan.SiteName))
            {
                room.Reporter.Verbose($"{plan.SiteName}: not moved, for it is not Down any more, or not to be moved by itself.");
            }
            else if (plan.From is { } from && from != down.Target.Host.Name)
            {
                room.Reporter.Verbose($"{plan.SiteName}: somebody has moved it to {from} already.");
                elsewhere.Add(plan.SiteName);
                room.Memory.Wait(plan.SiteName);
            }
            else if (!plan.Allowed)
            {
                refusals.Add(MoveRefusal.Of(plan, down.Target.Host.Name));
            }
            else if (looks.StandbyObjection(plan.SiteName) is { } objection)
            {
                refusals.Add(MoveRefusal.Unproven(plan.SiteName, down.Target.Host.Name, objection));
                unproven.Add(plan.To!);
            }
            else
            {
                right.Add(plan);
            }
        }

        if (unproven.Count > 0)
        {
            // A standby is looked at every few minutes: it may have come back long ago.
            room.View.CheckSoon(unproven);
        }

        if (elsewhere.Count > 0)
        {
            room.View.ReadRoutingSoon(elsewhere);
        }

        return right;
    }

    private void Tell(List<FailoverResult> results, List<MoveRefusal> refusals, Dictionary<string, string> hosts, string? inventoryPath)
    {
        foreach (var result in results)
        {
            switch (result.Outcome)
            {
                case FailoverOutcome.Succeeded or FailoverOutcome.SwitchedWithWarnings:
                    // Until Route 53 is read again, the watcher holds the old host for the active one.
                    room.Memory.Forget(result.SiteName);
                    room.Memory.Wait(result.SiteName);
                    break;
                case FailoverOutcome.Unknown:
                    // Looked up, finished and told with the operations that were cut off.
                    room.Memory.Wait(result.SiteName);
                    break;
                case FailoverOutcome.Conflict or FailoverOutcome.Unchanged:
                    // Another machine or a person was first. Where the site is now is read again; if it is Down there too, that is another move.
                    room.Memory.Wait(result.SiteName);
                    room.Reporter.Verbose($"{result.SiteName}: {result.Outcome}: {result.Reason}");
                    break;
                default:
                    refusals.Add(MoveRefusal.Of(result, hosts[result.SiteName]));
                    break;
            }
        }

        foreach (var operation in results.Where(MoveOutcomes.IsMoved).GroupBy(static result => result.OperationId, StringComparer.Ordinal))
        {
            room.Alerts.Post(MoveAlerts.Moved([.. operation], room.Time.GetUtcNow(), inventoryPath));
        }

        // The site may have answered the gate's probes a moment before the watcher sees it: told only when it happens again.
        var worthTelling = refusals.Where(refusal => refusal.What != nameof(GateName.ActiveDown) || room.Memory.NextTry(refusal.SiteName) is not null).ToArray();
        foreach (var alike in worthTelling.GroupBy(static refusal => refusal.What, StringComparer.Ordinal))
        {
            room.TellOnce(MoveAlerts.NotMoved([.. alike], room.Time.GetUtcNow(), inventoryPath), alike.Key);
        }

        foreach (var refusal in refusals)
        {
            room.Memory.Wait(refusal.SiteName);
        }
    }
}
