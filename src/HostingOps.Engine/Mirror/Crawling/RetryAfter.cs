using System.Globalization;

namespace HostingOps.Engine.Mirror.Crawling;

/// <summary>How long a server asks to be left alone (RFC 9110 §10.2.3). Pure.</summary>
internal static class RetryAfter
{
    /// <summary>The time, or null when the header is not there or cannot be read.</summary>
    public static TimeSpan? Read(string? header, DateTimeOffset now)
    {
        if (string.IsNullOrWhiteSpace(header))
        {
            return null;
        }

        if (int.TryParse(header.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
        {
            return TimeSpan.FromSeconds(seconds);
        }

        return DateTimeOffset.TryParse(header, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time > now ? time - now : TimeSpan.Zero
            : null;
    }
}
