using System.Globalization;

namespace HostingOps.Engine.Mirror.Crawling;

/// <summary>
/// Until when an answer may be taken for unchanged without asking (RFC 9111 §4.2): by max-age, else by Expires. Nothing is guessed from
/// Last-Modified, and what can be read in two ways is read in the shorter one. Pure.
/// </summary>
internal static class CacheFreshness
{
    /// <summary>Whatever a site says, each thing is asked for again within this time.</summary>
    public static readonly TimeSpan LongestBelieved = TimeSpan.FromDays(30);

    // What a number of seconds stands for that is too large to be read (RFC 9111 §1.2.2).
    private const long Forever = 1L << 31;

    // The three forms of a date (RFC 9110 §5.6.7).
    private static readonly string[] DateForms = ["r", "dddd, dd-MMM-yy HH:mm:ss 'GMT'", "ddd MMM d HH:mm:ss yyyy"];

    /// <summary>The time, by this machine's clock, or null when it is to be asked for each time.</summary>
    /// <param name="response">The answer's head, of a 200 or a 304.</param>
    /// <param name="asked">When the question was sent.</param>
    /// <param name="answered">When the answer's head had come.</param>
    public static DateTimeOffset? Until(HttpResponseMessage response, DateTimeOffset asked, DateTimeOffset answered)
    {
        var date = Values(response, "Date").Select(ReadDate).FirstOrDefault() ?? answered;
        if (Values(response, "Vary").Any(static value => value.Contains('*', StringComparison.Ordinal)) || Lifetime(response, date) is not { } lifetime)
        {
            return null;
        }

        // Its age: what caches on the way say, or what its date says, whichever is more. A wrong clock can only make it older.
        var inCaches = Values(response, "Age").Select(static value => ReadSeconds(value.Split(',')[0])).FirstOrDefault() ?? TimeSpan.Zero;
        var underWay = Longer(answered - asked, TimeSpan.Zero);
        var left = lifetime - Longer(answered - date, inCaches + underWay);
        return left <= TimeSpan.Zero ? null : answered + (left < LongestBelieved ? left : LongestBelieved);
    }

    private static TimeSpan? Lifetime(HttpResponseMessage response, DateTimeOffset date)
    {
        TimeSpan? own = null, shared = null;
        foreach (var directive in Values(response, "Cache-Control").SelectMany(CacheDirective.ReadAll))
        {
            switch (directive.Name)
            {
                case "max-age" when ReadSeconds(directive.Argument) is { } time:
                    own = Shorter(own, time);
                    break;
                case "s-maxage" when ReadSeconds(directive.Argument) is { } time:
                    shared = Shorter(shared, time);
                    break;
                case "no-cache" or "no-store" or "max-age" or "s-maxage" or CacheDirective.Unreadable:
                    return null;
            }
        }

        foreach (var value in own is null ? Values(response, "Expires") : [])
        {
            // "0" and other texts that are no dates mean that it has expired already (RFC 9111 §5.3).
            if (ReadDate(value) is not { } expires)
            {
                return null;
            }

            own = Shorter(own, expires - date);
        }

        // s-maxage alone is meant for caches that the site empties itself when something changes; nobody tells this one.
        return own is { } said ? Shorter(shared, said) : null;
    }

    private static IEnumerable<string> Values(HttpResponseMessage response, string name) =>
        response.Headers.NonValidated.TryGetValues(name, out var values) || response.Content.Headers.NonValidated.TryGetValues(name, out values) ? values : [];

    private static TimeSpan? ReadSeconds(string? text)
    {
        var digits = (text ?? "").Trim();
        return digits.Length == 0 || digits.AsSpan().ContainsAnyExceptInRange('0', '9') ? null
            : TimeSpan.FromSeconds(long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds < Forever ? seconds : Forever);
    }

    private static DateTimeOffset? ReadDate(string text) =>
        DateTimeOffset.TryParseExact(text.Trim(), DateForms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowInnerWhite, out var date) ? date : null;

    private static TimeSpan Longer(TimeSpan left, TimeSpan right) => left > right ? left : right;

    private static TimeSpan Shorter(TimeSpan? left, TimeSpan right) => left is { } time && time < right ? time : right;
}
