namespace HostingOps.Engine.Health;

/// <summary>
/// A prober with a bound on the probes under way at once. The pause between confirming probes holds no place, so
/// thousands of suspects are confirmed in little more time than one.
/// </summary>
/// <param name="prober">Makes the probes. Not disposed here.</param>
/// <param name="limit">Probes under way at once, 1 or more.</param>
internal sealed class ThrottledProber(SiteProber prober, int limit)
{
    // Never disposed: a probe that is being cancelled gives its place back after its caller has gone, and there is no handle to free.
    private readonly SemaphoreSlim places = new(Math.Max(1, limit));

    /// <summary>One probe.</summary>
    public async Task<SiteHealth> ProbeAsync(HostedSite site, SiteHost host, CancellationToken cancellationToken)
    {
        await places.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var role = host.Name == site.Primary.Name ? HealthTarget.Primary : HealthTarget.Secondary;
            return await prober.ProbeAsync(site, host, role, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            places.Release();
        }
    }

    /// <summary>As many probes as <see cref="ConfirmedProbe"/> asks for.</summary>
    public Task<IReadOnlyList<SiteHealth>> ConfirmAsync(HostedSite site, SiteHost host, CancellationToken cancellationToken) =>
        ConfirmedProbe.RunAsync(token => ProbeAsync(site, host, token), site.Check, prober.Clock, cancellationToken);
}
