using HostingOps.Engine.Failover;

namespace HostingOps.Engine.Watch.Automatic;

/// <summary>Takes sites back to their primaries by planned switchovers, where their policy asks for it and the primary has proven itself.</summary>
/// <param name="room">What the parts of automatic moves share.</param>
internal sealed class Failbacks(AutomaticRoom room)
{
    private DateTimeOffset nextLook;
    private DateTimeOffset nextCheck;

    /// <summary>When it is to be looked again, or null when no site asks for it.</summary>
    public DateTimeOffset? NextLook => room.Mover().Inventory.Sites.Any(static site => site.Policy is { Automatic: true, Failback: not null }) ? nextLook : null;

    /// <summary>The sites that wait to go back, when it is time to look at them; then their primaries are checked more often.</summary>
    public IReadOnlyList<HostedSite> Waiting(SiteLooks looks, IReadOnlySet<string> underWay, DateTimeOffset now)
    {
        if (now < nextLook)
        {
            return [];
        }

        nextLook = now + room.Options.FailbackEvery;
        return
        [
            .. room.Mover().Inventory.Sites.Where(site =>
                !underWay.Contains(site.Name) && FailbackRule.IsWaiting(site, looks) && (room.Memory.NextTry(site.Name) ?? now) <= now),
        ];
    }

    /// <summary>Moves back those whose time has come.</summary>
    public async Task MoveBackAsync(IReadOnlyList<HostedSite> waiting, CancellationToken cancellationToken)
    {
        var mover = room.Mover();
        waiting = AutomaticRoom.In(mover.Inventory, waiting);
        var tried = waiting;
        var refusals = new List<MoveRefusal>();
        var results = new List<FailoverResult>();
        try
        {
            var history = (await mover.HistoryAsync([.. waiting.Select(static site => site.Name)], DateTimeOffset.MinValue, cancellationToken).ConfigureAwait(false))
                .ToLookup(static entry => entry.SiteName, StringComparer.Ordinal);
            var asked = waiting.Select(site => (Site: site, Wait: FailbackRule.Wait(site, [.. history[site.Name]], room.Time.GetUtcNow())))
                .Where(static pair => pair.Wait is not null).ToDictionary(static pair => pair.Site, static pair => pair.Wait!.Value);
            CheckSoon(asked.Keys);
            var before = SiteLooks.Of(room.View);
            tried = [.. asked.Keys.Where(site => FailbackRule.CooledDown(site, [.. history[site.Name]]) <= room.Time.GetUtcNow() && MayGo(site, before, asked[site]))];
            if (tried.Count == 0)
            {
                return;
            }

            var plans = await mover.PlanAsync(tried, new PlanOptions { Planned = true }, cancellationToken).ConfigureAwait(false);
            refusals.AddRange(plans.Where(static plan => !plan.Allowed).Select(static plan => MoveRefusal.Of(plan, plan.From ?? "?")));
            var byName = tried.ToDictionary(static site => site.Name, StringComparer.Ordinal);
            var after = SiteLooks.Of(room.View);
            var allowed = room.IsOutdated(mover) ? [] : plans.Where(plan => plan.Allowed
                && plan.To == byName[plan.SiteName].Primary.Name
                && MayGo(byName[plan.SiteName], after, asked[byName[plan.SiteName]])).ToArray();
            if (allowed.Length > 0)
            {
                await foreach (var result in mover.InvokeAsync(allowed, new InvokeOptions { ByWatcher = true }, cancellationToken).ConfigureAwait(false))
                {
                    results.Add(result);
                }

                room.View.ReadRoutingSoon([.. allowed.Select(static plan => plan.SiteName)]);
            }
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            var done = results.Select(static result => result.SiteName).ToHashSet(StringComparer.Ordinal);
            refusals.AddRange(tried.Where(site => !done.Contains(site.Name)).Select(site => MoveRefusal.Of(site.Name, site.Secondary.Name, error)));
        }

        Tell(results, refusals, mover.Inventory.Path);
    }

    private bool MayGo(HostedSite site, SiteLooks looks, TimeSpan wait)
    {
        if (!FailbackRule.IsWaiting(site, looks))
        {
            return false;
        }

        var objection = FailbackRule.Objection(site, looks, wait);
        if (objection is not null)
        {
            room.Reporter.Verbose($"{site.Name}: stays on {site.Secondary.Name} for now. {objection}");
        }

        return objection is null;
    }

    private void CheckSoon(IEnumerable<HostedSite> sites)
    {
        var now = room.Time.GetUtcNow();
        if (now >= nextCheck && sites.Select(static site => site.Primary.Name).Distinct(StringComparer.Ordinal).ToArray() is { Length: > 0 } hosts)
        {
            nextCheck = now + room.Options.FailbackCheckEvery;
            room.View.CheckSoon(hosts);
        }
    }

    private void Tell(List<FailoverResult> results, List<MoveRefusal> refusals, string? inventoryPath)
    {
        room.TellMoved(results.Where(MoveOutcomes.IsMoved), inventoryPath);
        refusals.AddRange(results
            .Where(static result => !MoveOutcomes.IsMoved(result) && result.Outcome is not (FailoverOutcome.Conflict or FailoverOutcome.Unchanged))
            .Select(static result => MoveRefusal.Of(result, result.From ?? "?")));
        foreach (var alike in refusals.GroupBy(static refusal => refusal.What, StringComparer.Ordinal))
        {
            room.TellOnce(MoveAlerts.NotMovedBack([.. alike], room.Time.GetUtcNow(), inventoryPath), $"back {alike.Key}");
        }

        foreach (var refusal in refusals)
        {
            room.Memory.Wait(refusal.SiteName);
        }
    }
}
