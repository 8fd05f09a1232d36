using HostingOps.Engine.Watch.Verdicts;

namespace HostingOps.Engine.Watch.Maintenance;

/// <summary>What holds for sites whatever their checks say. Safe for several threads.</summary>
/// <param name="calendar">The inventory's windows.</param>
/// <param name="pauses">The pauses that were made, by site name; those that are over do no harm.</param>
internal sealed class SiteCircumstances(MaintenanceCalendar calendar, IReadOnlyDictionary<string, FailoverPause> pauses)
{
    /// <summary>What holds for a site on a host at that time, and why. A pause, which somebody has made by hand, is named before a window.</summary>
    public (Circumstance Circumstance, string? Reason) Of(HostedSite site, SiteHost host, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(site);
        if (pauses.TryGetValue(site.Name, out var pause) && pause.IsActiveAt(now))
        {
            return (Circumstance.Paused, $"paused by {pause.By}: {pause.Reason}");
        }

        var state = calendar.At(site, host, now);
        return state.Window is { } window
            ? (Circumstance.Maintenance, FormattableString.Invariant($"{window.Reason} (until {state.Until:u})"))
            : (Circumstance.None, null);
    }
}
