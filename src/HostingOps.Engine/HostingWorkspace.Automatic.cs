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
    internal DateTimeOffset? LastTold(string incidentId) => OfAlerts(register => register.LastPosted(incidentId));

    /// <summary>The sites that people were told of under an id, by whatever process; null when it can't be read.</summary>
    internal IReadOnlySet<string>? SitesTold(string incidentId) => OfAlerts(register => register.SitesPosted(incidentId));

    /// <summary>News of moves that belong to no incident and whose end was not told yet; null when it can't be read.</summary>
    internal IReadOnlyList<HostingAlert>? OpenNotices() => OfAlerts(static register => register.OpenNotices());

    private T? OfAlerts<T>(Func<AlertRegister, T?> read)
    {
        try
        {
            return read(new AlertRegister(state.Value, AlertScope.Of(Inventory)));
        }
        catch (HostingException)
        {
            // Better told twice than not at all.
            return default;
        }
    }
}
