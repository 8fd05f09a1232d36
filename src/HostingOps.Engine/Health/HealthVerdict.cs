using System.Globalization;

namespace HostingOps.Engine.Health;

/// <summary>What observations of one site on one host prove, and why.</summary>
/// <param name="Kind">The verdict.</param>
/// <param name="Reason">One sentence.</param>
internal sealed record HealthVerdict(HealthVerdictKind Kind, string Reason)
{
    /// <summary>
    /// Down takes <see cref="HealthCheckPolicy.FailAfter"/> Down observations in a row at the end; one Unknown among them breaks
    /// the row, for an observer that could not look once may not be trusted on the others. An answer, even a degraded one, at
    /// the end means NotDown. Everything else is Unknown.
    /// </summary>
    /// <param name="observations">Of one site on one host, oldest first.</param>
    /// <param name="policy">The site's check.</param>
    public static HealthVerdict Decide(IReadOnlyList<SiteHealth> observations, HealthCheckPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(observations);
        ArgumentNullException.ThrowIfNull(policy);
        if (observations.Count == 0)
        {
            return new HealthVerdict(HealthVerdictKind.Unknown, "It has not been probed.");
        }

        var newest = observations[^1];
        if (newest.Status is SiteStatus.Healthy or SiteStatus.Degraded)
        {
            return new HealthVerdict(HealthVerdictKind.NotDown, $"It answers ({newest.Status}): {newest.Reason}");
        }

        if (newest.Status == SiteStatus.Unknown)
        {
            return new HealthVerdict(HealthVerdictKind.Unknown, $"The check could not be made: {newest.Reason}");
        }

        var row = TrailingFailures(observations);
        var needed = Math.Max(1, policy.FailAfter);
        return row >= needed
            ? new HealthVerdict(HealthVerdictKind.Down, string.Create(CultureInfo.InvariantCulture, $"{row} failures in a row, {needed} needed: {newest.Reason}"))
            : new HealthVerdict(
                HealthVerdictKind.Unknown,
                string.Create(CultureInfo.InvariantCulture, $"Only {row} of the {needed} failures in a row that the check asks for: {newest.Reason}"));
    }

    /// <summary>How many observations at the end are Down without a break.</summary>
    internal static int TrailingFailures(IReadOnlyList<SiteHealth> observations)
    {
        var row = 0;
        while (row < observations.Count && observations[observations.Count - 1 - row].Status == SiteStatus.Down)
        {
            row++;
        }

        return row;
    }
}
