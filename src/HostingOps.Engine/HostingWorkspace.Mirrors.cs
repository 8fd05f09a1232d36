using System.Collections.Concurrent;
using HostingOps.Engine.Health;
using HostingOps.Engine.Mirror;
using HostingOps.Engine.Mirror.Crawling;
using HostingOps.Engine.Mirror.Generations;
using HostingOps.Engine.Operations;

namespace HostingOps.Engine;

/// <content>Saving the sites' static mirrors.</content>
public sealed partial class HostingWorkspace
{
    private MirrorSaver Saver => new(new SystemAddressResolver(), new TrustedRoots(), reporter, options.Time);

    /// <summary>Saves the sites' mirrors on this machine; results come as they are made, in no order, one for each site. One site's failure is its result.</summary>
    /// <param name="sites">The sites.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellationToken">Stops where it is; the next run goes on from there.</param>
    /// <exception cref="HostingException">StateUnavailable.</exception>
    public IAsyncEnumerable<MirrorSaveResult> SaveMirrorsAsync(IReadOnlyList<HostedSite> sites, MirrorSaveOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        var store = Mirrors;
        var saver = Saver;
        var hosts = new ConcurrentDictionary<string, SemaphoreSlim>(StringComparer.Ordinal);
        return BoundedStream.RunAsync(
            SpreadOverHosts(Meant(sites, options.Named)),
            options.ThrottleLimit,
            async (site, token) =>
            {
                // A host's sites share its processor and its line, so its limits are for all of them together.
                var turn = hosts.GetOrAdd(site.Primary.Name, static _ => new SemaphoreSlim(1));
                await turn.WaitAsync(token).ConfigureAwait(false);
                try
                {
                    return await SaveAsync(store, saver, site, options, token).ConfigureAwait(false);
                }
                finally
                {
                    turn.Release();
                }
            },
            cancellationToken);
    }

    /// <summary>What saving the sites' mirrors would ask for: reads robots.txt, the sitemaps and the current generations, saves nothing.</summary>
    /// <param name="sites">The sites.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public IAsyncEnumerable<MirrorSavePlan> PlanMirrorsAsync(IReadOnlyList<HostedSite> sites, MirrorSaveOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        var store = Mirrors;
        var saver = Saver;
        return BoundedStream.RunAsync(
            SpreadOverHosts(Meant(sites, options.Named)),
            options.ThrottleLimit,
            async (site, token) =>
            {
                var current = store.OpenCurrent(site);
                using var entries = current?.Entries;
                return await saver.PlanAsync(site, current?.Summary.Generation, url => entries?.Find(url)?.File is not null, token).ConfigureAwait(false);
            },
            cancellationToken);
    }

    private async Task<MirrorSaveResult> SaveAsync(MirrorStore store, MirrorSaver saver, HostedSite site, MirrorSaveOptions options, CancellationToken cancellationToken)
    {
        try
        {
            var run = await store.BeginAsync(site, new MirrorRunOptions { AcceptLoss = options.AcceptLoss }, cancellationToken).ConfigureAwait(false);
            await using (run.ConfigureAwait(false))
            {
                var result = await saver.SaveAsync(site, run, cancellationToken).ConfigureAwait(false);
                return result.IsCurrent ? result : result with { ErrorId = ErrorIds.MirrorNotCurrent };
            }
        }
        catch (HostingException error)
        {
            return new MirrorSaveResult { SiteName = site.Name, Reason = error.Message, ErrorId = error.ErrorId, StartedAt = this.options.Time.GetUtcNow(), InventoryPath = site.InventoryPath };
        }
    }

    private static List<HostedSite> Meant(IReadOnlyList<HostedSite> sites, bool named) => [.. sites.Where(site => named || site.Mirror is not null)];

    // One of each host first, so that those who work at once seldom wait for the same one.
    private static List<HostedSite> SpreadOverHosts(IReadOnlyList<HostedSite> sites) =>
        [.. sites.GroupBy(static site => site.Primary.Name, StringComparer.Ordinal).SelectMany(static host => host.Select(static (site, place) => (site, place)))
            .OrderBy(static entry => entry.place).Select(static entry => entry.site)];
}
