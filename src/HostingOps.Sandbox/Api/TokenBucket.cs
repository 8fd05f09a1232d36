namespace HostingOps.Sandbox.Api;

/// <summary>A bucket that starts full and refills steadily. Not safe for use from several threads.</summary>
internal sealed class TokenBucket(SandboxBucket size, TimeProvider timeProvider)
{
    private double tokens = size.Burst;
    private long filledAt = timeProvider.GetTimestamp();

    /// <summary>Whether that many tokens are there now. A demand over the burst is met by a full bucket.</summary>
    public bool Has(double wanted)
    {
        var now = timeProvider.GetTimestamp();
        tokens = Math.Min(size.Burst, tokens + timeProvider.GetElapsedTime(filledAt, now).TotalSeconds * size.PerSecond);
        filledAt = now;
        return tokens >= Math.Min(wanted, size.Burst);
    }

    /// <summary>Takes tokens that <see cref="Has"/> found; a demand over the burst leaves a debt.</summary>
    public void Take(double wanted) => tokens -= wanted;
}
