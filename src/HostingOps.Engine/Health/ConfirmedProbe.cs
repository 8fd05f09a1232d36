namespace HostingOps.Engine.Health;

/// <summary>Probes again and again until the observations are enough for a <see cref="HealthVerdict"/>, for the gates of a failover.</summary>
internal static class ConfirmedProbe
{
    /// <summary>
    /// Probes until the site answers once, or has failed <see cref="HealthCheckPolicy.FailAfter"/> times in a row,
    /// <see cref="HealthCheckPolicy.ConfirmInterval"/> apart. Gives up after twice as many probes, when too many of them could
    /// not be made.
    /// </summary>
    /// <returns>All observations, oldest first; at least one.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static Task<IReadOnlyList<SiteHealth>> RunAsync(
        SiteProber prober, HostedSite site, SiteHost? host, HealthTarget target, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(prober);
        ArgumentNullException.ThrowIfNull(site);
        return RunAsync(token => prober.ProbeAsync(site, host, target, token), site.Check, prober.Clock, cancellationToken);
    }

    /// <summary>The same over any way of probing.</summary>
    internal static async Task<IReadOnlyList<SiteHealth>> RunAsync(
        Func<CancellationToken, Task<SiteHealth>> probe, HealthCheckPolicy policy, TimeProvider clock, CancellationToken cancellationToken)
    {
        var needed = Math.Max(1, policy.FailAfter);
        var observations = new List<SiteHealth>(needed);
        while (true)
        {
            observations.Add(await probe(cancellationToken).ConfigureAwait(false));
            if (observations[^1].Status is SiteStatus.Healthy or SiteStatus.Degraded
                || HealthVerdict.TrailingFailures(observations) >= needed
                || observations.Count >= 2 * needed)
            {
                return observations;
            }

            await Task.Delay(policy.ConfirmInterval, clock, cancellationToken).ConfigureAwait(false);
        }
    }
}
