namespace HostingOps.Engine.Watch.Maintenance;

/// <summary>Wall-clock times of a time zone as moments.</summary>
internal static class ZonedTime
{
    // Further away than any change of offset moves a clock, a skipped day at the date line included.
    private static readonly TimeSpan[] Around = [TimeSpan.FromHours(-26), TimeSpan.FromHours(-13), TimeSpan.Zero, TimeSpan.FromHours(13), TimeSpan.FromHours(26)];

    /// <summary>
    /// When a clock of the zone shows this time: twice the same moment as a rule; the first and the last on a day when the time
    /// comes twice. A time that a clock leaves out is read with the offset from before (RFC 5545 §3.3.5): 02:30 of a night in
    /// which 02:00 is followed by 03:00 is 03:30.
    /// </summary>
    public static (DateTimeOffset First, DateTimeOffset Last) MomentsOf(DateTime wallClock, TimeZoneInfo zone)
    {
        var asUtc = DateTime.SpecifyKind(wallClock, DateTimeKind.Utc);
        DateTimeOffset? first = null, last = null;
        foreach (var away in Around)
        {
            // Not IsInvalidTime and ConvertTimeToUtc: they look at daylight saving only, not at a zone that moves for good.
            var moment = new DateTimeOffset(asUtc - zone.GetUtcOffset(asUtc + away));
            if (moment.UtcDateTime + zone.GetUtcOffset(moment) == asUtc)
            {
                first = first < moment ? first : moment;
                last = last > moment ? last : moment;
            }
        }

        var skipped = new DateTimeOffset(asUtc - zone.GetUtcOffset(asUtc + Around[0]));
        return (first ?? skipped, last ?? skipped);
    }

    /// <summary>The zone with this IANA or Windows id, or null.</summary>
    public static TimeZoneInfo? Find(string id) =>
        id.Length is > 0 and < 100
        && id.All(static character => char.IsAsciiLetterOrDigit(character) || character is '/' or '_' or '-' or '+' or '.' or ' ' or '(' or ')')
        && !id.Contains("..", StringComparison.Ordinal) && char.IsAsciiLetter(id[0])
        && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) ? zone : null;
}
