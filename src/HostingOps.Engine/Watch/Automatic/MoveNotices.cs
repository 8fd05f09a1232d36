using System.Collections.Concurrent;
using HostingOps.Engine.Alerts;

namespace HostingOps.Engine.Watch.Automatic;

/// <summary>
/// News that belong to no incident: of what was not moved, was moved with warnings, or was cut off. Receivers that keep an incident open until
/// its end is told are told of it. Safe for several threads.
/// </summary>
internal sealed class MoveNotices
{
    private readonly ConcurrentDictionary<string, HostingAlert> open = new(StringComparer.Ordinal);
    private bool isLoaded;

    /// <summary>Those whose end was not told yet.</summary>
    public IReadOnlyList<HostingAlert> Open => [.. open.Values];

    /// <summary>Remembers what was told, where its end is to be told.</summary>
    public void Add(HostingAlert alert)
    {
        if (MoveAlerts.IsNotice(alert))
        {
            open[alert.IncidentId] = alert;
        }
    }

    /// <summary>Learns once what earlier processes told.</summary>
    public void Load(Func<IReadOnlyList<HostingAlert>?> known)
    {
        if (!isLoaded && known() is { } earlier)
        {
            isLoaded = true;
            foreach (var alert in earlier)
            {
                open.TryAdd(alert.IncidentId, alert);
            }
        }
    }

    /// <summary>Tells the end of those that are over.</summary>
    /// <param name="why">Why one is over; null while it is not.</param>
    /// <param name="alerts">Tells people.</param>
    /// <param name="at">Now.</param>
    public void End(Func<HostingAlert, string?> why, IAlertSink alerts, DateTimeOffset at)
    {
        foreach (var notice in Open)
        {
            if (why(notice) is { } reason && open.TryRemove(notice.IncidentId, out _))
            {
                alerts.Post(MoveAlerts.Over(notice, reason, at));
            }
        }
    }
}
