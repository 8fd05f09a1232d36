using HostingOps.Engine.Alerts.Outbox;
using HostingOps.Engine.Failover;
using HostingOps.Engine.State;

namespace HostingOps.Engine;

/// <content>What a watcher that moves sites by itself asks of the journal.</content>
public sealed partial class HostingWorkspace
{
    /// <summary>Each site's newest operation in the inventory's zone that was cut off; none that a living process is at work on.</summary>
    /// <exception cref="HostingException">StateCorrupt, StateUnavailable, or an AWS error.</exception>
    internal async Task<IReadOnlyList<FailoverHistoryEntry>> CutOffOperationsAsync(CancellationToken cancellationToken)
    {
        var zone = await dns.Value.ZoneAsync(cancellationToken).ConfigureAwait(false);
        return [.. Operations.Find(zone, static _ => false).Values.Where(static open => open.RunBy is null).Select(static open => open.Entry)];
    }

    /// <summary>What the journal has of these sites in the inventory's zone since then, newest first.</summary>
    /// <exception cref="HostingException">StateCorrupt, StateUnavailable, or an AWS error.</exception>
    internal async Task<IReadOnlyList<FailoverHistoryEntry>> ZoneHistoryAsync(
        IReadOnlyList<string> siteNames, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var zone = await dns.Value.ZoneAsync(cancellationToken).ConfigureAwait(false);
        return Journal.History(new HistoryFilter { Sites = siteNames, Since = since, First = int.MaxValue }, zone.Name, zone.Id);
    }

    /// <summary>When people were last told of an incident, by whatever process; null for never, or when it can't be read.</summary>
    internal DateTimeOffset? LastTold(string incidentId)
    {
        try
        {
            return new AlertRegister(state.Value, AlertScope.Of(Inventory)).LastPosted(incidentId);
        }
        catch (HostingException)
        {
            // Better told twice than not at all.
            return null;
        }
    }
}
