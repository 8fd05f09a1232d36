using System.Runtime.CompilerServices;
using HostingOps.Engine.Operations;

namespace HostingOps.Engine.Health;

/// <summary>Probes many sites with bounded concurrency and gives each result as soon as it is there.</summary>
/// <param name="prober">Makes the probes. Not disposed here.</param>
public sealed class FleetChecker(SiteProber prober)
{
    /// <summary>Probes all, in no order of results.</summary>
    /// <param name="probes">What to probe; a null host asks the public name.</param>
    /// <param name="throttleLimit">Probes under way at once. 1 or more.</param>
    /// <param name="reporter">Told of the activity <c>Probing sites</c>, some ten times a second.</param>
    /// <param name="cancellationToken">Ends all probes at once.</param>
    /// <exception cref="HostingException">InvalidArgument: <paramref name="throttleLimit"/> is below 1.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public IAsyncEnumerable<SiteHealth> CheckAsync(
        IReadOnlyList<(HostedSite Site, SiteHost? Host, HealthTarget Target)> probes,
        int throttleLimit,
        IOperationReporter reporter,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(probes);
        ArgumentNullException.ThrowIfNull(reporter);
        return throttleLimit < 1
            ? throw new HostingException(
                ErrorIds.InvalidArgument, HostingErrorCategory.InvalidArgument, throttleLimit,
                FormattableString.Invariant($"The throttle limit is {throttleLimit}; it must be 1 or more."))
            : RunAsync(probes, throttleLimit, reporter, cancellationToken);
    }

    private async IAsyncEnumerable<SiteHealth> RunAsync(
        IReadOnlyList<(HostedSite Site, SiteHost? Host, HealthTarget Target)> probes,
        int throttleLimit,
        IOperationReporter reporter,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (probes.Count == 0)
        {
            yield break;
        }

        using var progress = new ActivityProgress(reporter, prober.Clock, "Probing sites", probes.Count);
        var results = BoundedStream.RunAsync(
            probes, throttleLimit, (probe, stop) => prober.ProbeAsync(probe.Site, probe.Host, probe.Target, stop), cancellationToken);
        await foreach (var health in results.ConfigureAwait(false))
        {
            progress.Advance(health.SiteName);
            yield return health;
        }
    }
}
