namespace HostingOps.Engine.Watch.Maintenance;

/// <summary>When one window is: a pure function of the window and a time.</summary>
internal sealed class MaintenanceSchedule
{
    /// <summary>The words of the inventory for the days, Sunday first as in <see cref="DayOfWeek"/>.</summary>
    public static readonly string[] Days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

    private readonly MaintenanceWindow window;
    private readonly TimeZoneInfo zone;

    /// <summary>Reads a window.</summary>
    /// <exception cref="ArgumentException">A weekly window in an unknown time zone; no inventory that loads has one.</exception>
    public MaintenanceSchedule(MaintenanceWindow window)
    {
        ArgumentNullException.ThrowIfNull(window);
        this.window = window;
        zone = window.Weekly.Count == 0 ? TimeZoneInfo.Utc
            : ZonedTime.Find(window.TimeZone) ?? throw new ArgumentException($"There is no time zone '{window.TimeZone}'.", nameof(window));
    }

    /// <summary>The occurrence that holds at that time (of several the one that ends last), else the next one; null when there is none any more.</summary>
    public (DateTimeOffset From, DateTimeOffset To)? At(DateTimeOffset now)
    {
        if (window.Weekly.Count == 0)
        {
            return window is { From: { } from, To: { } to } && from < to && now < to ? (from, to) : null;
        }

        // Each day of the week comes within 8 days even when one is skipped, and what holds now began no longer ago than it lasts.
        var today = DateOnly.FromDateTime(now.UtcDateTime + zone.GetUtcOffset(now));
        (DateTimeOffset From, DateTimeOffset To)? found = null;
        for (var day = today.AddDays(-(int)Math.Ceiling(window.Duration.TotalDays) - 2); day <= today.AddDays(9); day = day.AddDays(1))
        {
            if (!window.Weekly.Contains(Days[(int)day.DayOfWeek]))
            {
                continue;
            }

            var begin = ZonedTime.MomentsOf(day.ToDateTime(window.At), zone).First;
            var end = begin + window.Duration;
            if (now < end && (found is not { } best || (begin <= now ? best.From > now || begin > best.From : best.From > now && begin < best.From)))
            {
                found = (begin, end);
            }
        }

        return found;
    }
}
