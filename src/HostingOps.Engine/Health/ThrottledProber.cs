namespace HostingOps.Engine.Health;

/// <summary>
/// A prober with a bound on the probes under way at once. A confirming probe takes its place when it begins, and the time to
/// the next counts from there, so the pauses hold no place and probes that had to wait are still apart.
/// </summary>
/// <param name="prober">Makes the probes. Not disposed here.</param>
/// <param name="limit">Probes under way at once, 1 or more.</param>
internal sealed class ThrottledProber(SiteProber prober, int limit)
{
    // Never disposed: a probe that is being cancelled gives its place back after its caller has gone, and there is no handle to free.
    private readonly SemaphoreSlim places = new(Math.Max(1, limit));

    /// <summary>One probe.</summary>
    public async Task<SiteHealth> ProbeAsync(HostedSite site, SiteHost host, CancellationToken cancellationToken) =>
        await (await BeginAsync(site, host, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);

    /// <summary>As many probes as <see cref="ConfirmedProbe"/> asks for.</summary>
    public Task<IReadOnlyList<SiteHealth>> ConfirmAsync(HostedSite site, SiteHost host, CancellationToken cancellationToken) =>
        ConfirmedProbe.RunAsync(token => BeginAsync(site, host, token), site.Check, prober.Clock, cancellationToken);

    private async Task<Task<SiteHealth>> BeginAsync(HostedSite site, SiteHost host, CancellationToken cancellationToken)
    {
        await places.WaitAsync(cancellationToken).ConfigureAwait(false);
        return HoldAsync();

        async Task<SiteHealth> HoldAsync()
        {
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
    }
}
