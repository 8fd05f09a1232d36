using System.Collections.Concurrent;

namespace HostingOps.Engine.Watch.Metrics;

/// <summary>Counts what the watcher does, and serves it as <c>/metrics</c> and <c>/status</c> while it runs.</summary>
/// <param name="address">Where to listen, or null for nowhere.</param>
/// <param name="holder">Who the watcher is, for the status.</param>
/// <param name="figures">What others contribute.</param>
/// <param name="known">Is told the endpoint's URL once it listens, and null when it has ended. May be called from any thread.</param>
/// <param name="reporter">Is told when the address can't be had.</param>
/// <param name="time">The clock.</param>
internal sealed class WatchMetrics(
    MetricsAddress? address, string holder, WatchFigures figures, Action<Uri?> known, IOperationReporter reporter, TimeProvider time) : IWatchListener
{
    private readonly ConcurrentDictionary<string, HostFigures> hosts = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string Site, string Host), DateTimeOffset> certificates = new();

    /// <summary>What was counted, by host.</summary>
    public IEnumerable<KeyValuePair<string, HostFigures>> Hosts => hosts;

    /// <summary>What others contribute.</summary>
    public WatchFigures Figures => figures;

    /// <inheritdoc/>
    public string Title => "The serving of metrics";

    /// <inheritdoc/>
    public void Checked(TargetCheck check)
    {
        hosts.GetOrAdd(check.Target.Host.Name, static _ => new HostFigures()).Add(check.Seen.Kind, check.Health.Timings.Total);
        if (check.Health.CertificateExpires is { } expires)
        {
            certificates[(check.Target.Site.Name, check.Target.Host.Name)] = expires;
        }
    }

    /// <inheritdoc/>
    public void Changed(VerdictChange change)
    {
        // The snapshot has every verdict; there is nothing to count.
    }

    /// <summary>The end of the certificate that was last seen there: a host that is silent now still has one that runs out.</summary>
    public DateTimeOffset? CertificateExpires(WatchedTarget target) =>
        target.Last?.CertificateExpires
        ?? (certificates.TryGetValue((target.Target.Site.Name, target.Target.Host.Name), out var seen) ? seen : null);

    /// <summary>Forgets what belongs to sites and hosts that are no longer watched.</summary>
    public void Forget(WatcherSnapshot snapshot)
    {
        if (certificates.Count > snapshot.Targets.Count || hosts.Count > snapshot.Inventory.Hosts.Count)
        {
            var watched = snapshot.Targets.Select(static target => (target.Target.Site.Name, target.Target.Host.Name)).ToHashSet();
            foreach (var gone in certificates.Keys.Where(key => !watched.Contains(key)))
            {
                certificates.TryRemove(gone, out _);
            }

            var living = watched.Select(static key => key.Item2).ToHashSet(StringComparer.Ordinal);
            foreach (var gone in hosts.Keys.Where(name => !living.Contains(name)))
            {
                hosts.TryRemove(gone, out _);
            }
        }
    }

    /// <inheritdoc/>
    public async Task RunAsync(IWatchView view, CancellationToken cancellationToken)
    {
        if (address is null)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, time, cancellationToken).ConfigureAwait(false);
            return;
        }

        var endpoint = new WatchEndpoint(address, this, view, holder, reporter, time);
        try
        {
            await endpoint.RunAsync(known, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            known(null);
        }
    }

    /// <inheritdoc/>
    public Task SettleAsync(IWatchView view, CancellationToken cancellationToken) => Task.CompletedTask;
}
