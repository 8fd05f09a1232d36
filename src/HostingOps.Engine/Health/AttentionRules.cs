using System.Globalization;

namespace HostingOps.Engine.Health;

/// <summary>What makes an answering site Degraded: a certificate in trouble or near its end, and slowness.</summary>
internal static class AttentionRules
{
    /// <summary>The status and reason with everything that wants attention.</summary>
    /// <param name="status">The status so far.</param>
    /// <param name="reason">The reason so far, one clause.</param>
    /// <param name="certificate">What TLS showed, or null.</param>
    /// <param name="firstByte">Time to the answer's head, ms, or null.</param>
    /// <param name="policy">The site's check.</param>
    /// <param name="now">The time at which the certificate's remaining life is counted.</param>
    public static (SiteStatus Status, string Reason) Apply(
        SiteStatus status, string reason, CertificateReport? certificate, double? firstByte, HealthCheckPolicy policy, DateTimeOffset now)
    {
        if (status is not (SiteStatus.Healthy or SiteStatus.Degraded))
        {
            return (status, reason);
        }

        var attention = new List<string>();
        if (policy.Certificate != CertificatePolicy.Ignore && certificate is not null)
        {
            if (certificate.Problem is { } problem)
            {
                attention.Add(problem);
            }
            else if (certificate.NotAfter is { } end && end - now < TimeSpan.FromDays(policy.CertificateWarningDays))
            {
                attention.Add(string.Create(
                    CultureInfo.InvariantCulture, $"the certificate expires in {(int)(end - now).TotalDays} days, on {end:yyyy-MM-dd}"));
            }
        }

        if (policy.SlowAfter is { } limit && firstByte > limit.TotalMilliseconds)
        {
            attention.Add(string.Create(CultureInfo.InvariantCulture, $"slow: {firstByte:0} ms to the answer, over {Durations.Text(limit)}"));
        }

        return attention.Count == 0 ? (status, reason) : (SiteStatus.Degraded, $"{reason}; {string.Join("; ", attention)}");
    }
}
