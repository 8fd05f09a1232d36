using System.Runtime.CompilerServices;
using System.Threading.Channels;
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
        var workers = Math.Min(throttleLimit, probes.Count);
        if (workers == 0)
        {
            yield break;
        }

        // Bounded, so that a reader who stops reading stops the probing; deep enough never to hold a quick reader up.
        var results = Channel.CreateBounded<SiteHealth>(new BoundedChannelOptions(Math.Max(64, 2 * workers)) { SingleReader = true });
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var progress = new ActivityProgress(reporter, prober.Clock, "Probing sites", probes.Count);
        var probing = ProbeAllAsync(probes, workers, results.Writer, stop.Token);
        try
        {
            await foreach (var health in results.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                progress.Advance(health.SiteName);
                yield return health;
            }
        }
        finally
        {
            // Also reached when the reader leaves early: nothing may go on probing behind its back.
            await stop.CancelAsync().ConfigureAwait(false);
            await probing.ConfigureAwait(false);
        }
    }

    private async Task ProbeAllAsync(
        IReadOnlyList<(HostedSite Site, SiteHost? Host, HealthTarget Target)> probes,
        int workers,
        ChannelWriter<SiteHealth> results,
        CancellationToken cancellationToken)
    {
        var next = -1;
        async Task WorkAsync()
        {
            int index;
            while ((index = Interlocked.Increment(ref next)) < probes.Count)
            {
                var (site, host, target) = probes[index];
                var health = await prober.ProbeAsync(site, host, target, cancellationToken).ConfigureAwait(false);
                await results.WriteAsync(health, cancellationToken).ConfigureAwait(false);
            }
        }

        try
        {
            // Started on the pool, or the first probes would all begin on the caller's thread.
            await Task.WhenAll(Enumerable.Range(0, workers).Select(_ => Task.Run(WorkAsync, cancellationToken))).ConfigureAwait(false);
            results.Complete();
        }
        catch (Exception exception)
        {
            // Handed to the reader, who is the one to tell; this task itself must not fail, for it is awaited while leaving.
            results.Complete(exception);
        }
    }
}
