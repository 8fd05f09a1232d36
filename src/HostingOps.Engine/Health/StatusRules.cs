using System.Globalization;

namespace HostingOps.Engine.Health;

/// <summary>What an HTTP status means for the site, once redirects have been followed.</summary>
internal static class StatusRules
{
    /// <summary>Judges a status code.</summary>
    /// <param name="statusCode">100 to 999.</param>
    /// <param name="expected">The codes that count as well.</param>
    /// <returns>The status, and the reason as one clause without a full stop.</returns>
    public static (SiteStatus Status, string Reason) Judge(int statusCode, IReadOnlyList<StatusRange> expected)
    {
        foreach (var range in expected)
        {
            if (range.Contains(statusCode))
            {
                return (SiteStatus.Healthy, string.Create(CultureInfo.InvariantCulture, $"answers {statusCode}"));
            }
        }

        return statusCode switch
        {
            // RFC 6585 §4: the server is alive and asks us to come less often.
            429 => (SiteStatus.Degraded, "throttled, not down: it answers 429 to this checker"),
            >= 300 and <= 399 => (SiteStatus.Degraded, string.Create(CultureInfo.InvariantCulture, $"answers {statusCode} where {Text(expected)} is expected")),
            _ => (SiteStatus.Down, string.Create(CultureInfo.InvariantCulture, $"answers {statusCode} where {Text(expected)} is expected")),
        };
    }

    private static string Text(IReadOnlyList<StatusRange> expected) => string.Join(", ", expected);
}
