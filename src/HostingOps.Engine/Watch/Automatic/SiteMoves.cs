using HostingOps.Engine.Failover;
using HostingOps.Engine.Watch.Verdicts;

namespace HostingOps.Engine.Watch.Automatic;

/// <summary>Moves sites that are Down away from their active hosts: the same plan, gates, journal and compare-and-swap as by hand, and no override.</summary>
internal sealed class SiteMoves(AutomaticRoom room)
{
    /// <summary>
    /// Outages in a row, beside the first, from which on a silent host is not waited for: a machine that reboots does it once.
    /// Deployments do come in rows, but their hosts live.
    /// </summary>
    private const int FlapsNotWaitedFor = 2;

    /// <summary>
    /// When each site that is Down at this moment and is to be moved by itself may be, in the inventory's order: once its outage has
    /// lasted long enough, and after the wait behind a refusal.
    /// </summary>
    public IReadOnlyList<(HostedSite Site, DateTimeOffset At)> Coming(SiteLooks looks, IReadOnlySet<string> underWay) =>
    [
        .. room.Mover().Inventory.Sites.Where(site => site.Policy.Automatic && !underWay.Contains(site.Name))
            .Select(site => (Site: site, Down: looks.Down(site.Name))).Where(static pair => pair.Down is not null)
            .Select(pair => (pair.Site, Later(LastedEnough(pair.Site.Policy, pair.Down!.Verdict), room.Memory.NextTry(pair.Site.Name)))),
    ];

    /// <summary>Tells the end of news of sites that are well again, or of none of which anything is concluded here any more.</summary>
    public void EndNotices(SiteLooks looks)
    {
        room.Notices.Load(room.Mover().OpenNotices);
        room.Notices.End(
            notice => MoveAlerts.IsCutOff(notice) || looks.Snapshot.ObserverProblem is not null || !notice.Sites.All(IsOver)
                ? null
                : "Its sites answer where visitors are sent, or are not watched any more.",
            room.Alerts,
            room.Time.GetUtcNow());

        bool IsOver(string name) => looks.Active(name) is { } watched
            ? watched.Verdict.State is WatchState.Healthy or WatchState.Paused or WatchState.Maintenance
            : looks.Snapshot.Inventory.Sites.All(site => site.Name != name);
    }

    /// <summary>
    /// When an outage has lasted for <see cref="SitePolicy.AutomaticAfter"/>, counted from its first Down, which survives answers in between;
    /// at once when it is the third in a row and the host is silent.
    /// </summary>
    internal static DateTimeOffset LastedEnough(SitePolicy policy, TargetVerdict down) =>
        (down.DownSince ?? down.Since ?? DateTimeOffset.MinValue) + (down is { Flaps: >= FlapsNotWaitedFor, Silences: > 0 } ? TimeSpan.Zero : policy.AutomaticAfter);

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset? other) => one > other || other is null ? one : other.Value;

    /// <summary>Plans, looks again, and moves those that may be moved. Whatever fails is told and tried again later.</summary>
    /// <param name="sites">The sites, in the order in which the fleet's limits let them through.</param>
    /// <param name="cancellationToken">Stops where it is; what was begun is finished by the next watcher.</param>
    public async Task MoveAsync(IReadOnlyList<HostedSite> sites, CancellationToken cancellationToken)
    {
        var mover = room.Mover();
        sites = AutomaticRoom.In(mover.Inventory, sites);
        var looks = SiteLooks.Of(room.View);
        var hosts = sites.ToDictionary(static site => site.Name, site => looks.Active(site.Name)?.Target.Host.Name ?? "?", StringComparer.Ordinal);
        var refusals = new List<MoveRefusal>();
        var results = new List<FailoverResult>();
        IReadOnlyList<SiteFailoverPlan> allowed = [];
        try
        {
            var plans = await mover.PlanAsync(sites, new PlanOptions { UpToFleetLimit = true }, cancellationToken).ConfigureAwait(false);
            allowed = room.IsOutdated(mover) ? [] : StillRight(plans, refusals);
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
    private async Task<IReadOnlyList<string>> CutOffAsync(ISiteMover mover, CancellationToken cancellationToken)
    {
        try
        {
            return [.. (await mover.CutOffAsync(cancellationToken).ConfigureAwait(false)).Select(static entry => entry.SiteName)];
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            // Then they are told as not moved, and their end by the journal.
            room.Reporter.Verbose($"Whether anything was cut off could not be looked up: {error.Message}");
            return [];
        }
    }

    // Between the verdict and now hosts were probed for seconds: what holds right before the switch is what counts.
    private List<SiteFailoverPlan> StillRight(IReadOnlyList<SiteFailoverPlan> plans, List<MoveRefusal> refusals)
    {
        var looks = SiteLooks.Of(room.View);
        var automatic = room.Mover().Inventory.Sites.Where(static site => site.Policy.Automatic).ToDictionary(static site => site.Name, StringComparer.Ordinal);
        var now = room.Time.GetUtcNow();
        var right = new List<SiteFailoverPlan>();
        var elsewhere = new List<string>();
        var unproven = new HashSet<string>(StringComparer.Ordinal);
        foreach (var plan in plans)
        {
            if (looks.Down(plan.SiteName) is not { } down || automatic.GetValueOrDefault(plan.SiteName) is not { } site || LastedEnough(site.Policy, down.Verdict) > now)
            {
                room.Reporter.Verbose($"{plan.SiteName}: not moved, for it is not Down any more, or only just again, or not to be moved by itself.");
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

        room.TellMoved(results.Where(MoveOutcomes.IsMoved), inventoryPath);
        // The site may have answered the gate's probes a moment before the watcher sees it: told only when it happens again.
        var incidents = OpenIncidents.Of(room.Incidents());
        var worthTelling = refusals.Where(refusal => !refusal.Answered || room.Memory.NextTry(refusal.SiteName) is not null).ToArray();
        foreach (var alike in worthTelling.GroupBy(refusal => (refusal.What, Incident: incidents.IdOf(refusal.SiteName))))
        {
            room.TellOnce(MoveAlerts.NotMoved([.. alike], room.Time.GetUtcNow(), inventoryPath), alike.Key.What, alike.Key.Incident);
        }

        // What answered fails most requests and not all: the next probes may find it down.
        room.Memory.WaitFor(room.Options.AnsweredWait, refusals.Where(static refusal => refusal.Answered).Select(static refusal => refusal.SiteName));
        room.Memory.Wait(refusals.Where(static refusal => !refusal.Answered).Select(static refusal => refusal.SiteName));
    }
}
