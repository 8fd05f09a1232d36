using HostingOps.Engine.Failover;
using HostingOps.Engine.State;

namespace HostingOps.Engine.DynamicDns.Uplinks;

/// <summary>
/// Reacts to a change of uplink: tells people, and has the sites behind the line fail over by the normal plan, gates and journal,
/// where their policy allows it without being asked. What could not be done is tried again by the next run.
/// </summary>
internal sealed class UplinkReactor(HostingWorkspace workspace, UplinkAlerts alerts, DynamicDnsRegister register, IOperationReporter reporter)
{
    /// <summary>Reacts; the change with what was done.</summary>
    public async Task<UplinkChange> ReactAsync(string zoneId, UplinkChange change, CancellationToken cancellationToken)
    {
        var behind = change.Reaction == UplinkReaction.SwitchToMirror ? await SitesBehindAsync(change, cancellationToken).ConfigureAwait(false) : [];
        var manual = behind.Where(static site => !site.Policy.Automatic).Select(static site => site.Name).ToArray();
        var automatic = behind.Where(static site => site.Policy.Automatic).ToArray();
        var reacted = change with { ManualSites = manual, Reason = Tell(change.Reason, automatic) };
        if (change.Alerted is null or false && change.Reaction != UplinkReaction.None)
        {
            reacted = reacted with { Alerted = await alerts.TellAsync(reacted, cancellationToken).ConfigureAwait(false) };
            register.SetUplink(zoneId, change.Record, change.To, reacted with { Reason = change.Reason });
        }
        else if (change.Reaction == UplinkReaction.None)
        {
            alerts.Withdraw(change);
        }

        if (automatic.Length > 0)
        {
            var results = new List<FailoverResult>();
            var plans = new List<SiteFailoverPlan>();
            await foreach (var plan in workspace.PlanFailoverAsync(automatic, new PlanOptions { UpToFleetLimit = true }, cancellationToken).ConfigureAwait(false))
            {
                plans.Add(plan);
            }

            await foreach (var result in workspace.InvokeAsync(plans, new InvokeOptions(), cancellationToken).ConfigureAwait(false))
            {
                results.Add(result);
            }

            var stuck = results.Where(static result => !IsAway(result.Outcome)).Select(static result => result.SiteName).ToArray();
            reacted = reacted with { Failovers = results, ManualSites = manual.Concat(stuck).ToArray() };
        }

        reacted = reacted with { Completed = reacted.Alerted != false && reacted.Failovers.All(static result => IsAway(result.Outcome)) };
        register.SetUplink(zoneId, change.Record, change.To, reacted.Completed ? null : reacted with { Reason = change.Reason });
        reporter.Warning(reacted.Reason + (reacted.Command is { } command ? $" To be done by hand: {command}" : ""));
        return reacted;
    }

    /// <summary>Tries what could not be told earlier and is due.</summary>
    public Task SettleAsync(CancellationToken cancellationToken) => alerts.SettleAsync(cancellationToken);

    // The truth about which host is live is Route 53, never the inventory.
    private async Task<IReadOnlyList<HostedSite>> SitesBehindAsync(UplinkChange change, CancellationToken cancellationToken)
    {
        var inventory = workspace.Inventory;
        var named = inventory.Uplinks.FirstOrDefault(uplink => uplink.Name == change.To)?.Hosts ?? [];
        var hosts = named.Count > 0
            ? named.ToHashSet(StringComparer.Ordinal)
            : inventory.Hosts.Values.Where(host => string.Equals(host.Cname?.TrimEnd('.'), change.Record, StringComparison.OrdinalIgnoreCase)).Select(static host => host.Name).ToHashSet(StringComparer.Ordinal);
        var candidates = inventory.Sites.Where(site => hosts.Contains(site.Primary.Name) || hosts.Contains(site.Secondary.Name)).ToArray();
        var behind = new List<HostedSite>();
        if (candidates.Length == 0)
        {
            return behind;
        }

        var byName = candidates.ToDictionary(static site => site.Name, StringComparer.Ordinal);
        await foreach (var target in workspace.GetDnsTargetsAsync(candidates, cancellationToken).ConfigureAwait(false))
        {
            if (target.ActiveHost is { } active && hosts.Contains(active))
            {
                behind.Add(byName[target.SiteName]);
            }
        }

        return behind;
    }

    private static bool IsAway(FailoverOutcome outcome) =>
        outcome is FailoverOutcome.Succeeded or FailoverOutcome.SwitchedWithWarnings or FailoverOutcome.Unchanged;

    private static string Tell(string reason, HostedSite[] automatic) => automatic.Length == 0
        ? reason
        : $"{reason} To be failed over where the gates allow it: {string.Join(", ", automatic.Select(static site => site.Name))}.";
}
