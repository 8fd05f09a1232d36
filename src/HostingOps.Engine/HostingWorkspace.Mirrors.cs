using System.Collections.Concurrent;
using HostingOps.Engine.Health;
using HostingOps.Engine.Mirror;
using HostingOps.Engine.Mirror.Crawling;
using HostingOps.Engine.Mirror.Generations;
using HostingOps.Engine.Mirror.Serving;
using HostingOps.Engine.Mirror.Transport;
using HostingOps.Engine.Operations;

namespace HostingOps.Engine;

/// <content>Saving the sites' static mirrors.</content>
public sealed partial class HostingWorkspace
{
    private MirrorSaver Saver => new(new SystemAddressResolver(), new TrustedRoots(), Environment.GetEnvironmentVariable, reporter, options.Time);

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
            var settings = site.Mirror ?? MirrorSettings.Default;
            var run = await store.BeginAsync(
                site,
                new MirrorRunOptions
                {
                    AcceptLoss = options.AcceptLoss,
                    Prepare = (generation, folder, entries, token) => PrepareServingAsync(generation, folder, entries, settings, token),
                },
                cancellationToken).ConfigureAwait(false);
            await using (run.ConfigureAwait(false))
            {
                var result = await saver.SaveAsync(site, run, cancellationToken).ConfigureAwait(false);
                if (!result.IsCurrent)
                {
                    return result with { ErrorId = ErrorIds.MirrorNotCurrent };
                }

                // The site is still locked, so that no other run prunes what is being sent.
                return options.Send && site is { Mirror: not null, Secondary.Ssh: not null }
                    ? await SendAsync(store, site, result, cancellationToken).ConfigureAwait(false)
                    : result;
            }
        }
        catch (HostingException error)
        {
            return new MirrorSaveResult { SiteName = site.Name, Reason = error.Message, ErrorId = error.ErrorId, StartedAt = this.options.Time.GetUtcNow(), InventoryPath = site.InventoryPath };
        }
    }

    private async Task PrepareServingAsync(MirrorGeneration generation, string folder, IReadOnlyList<MirrorEntry> entries, MirrorSettings settings, CancellationToken cancellationToken)
    {
        var left = await MirrorServing.WriteAsync(folder, generation, entries, settings, cancellationToken).ConfigureAwait(false);
        if (left.Count > 0)
        {
            reporter.Warning(FormattableString.Invariant($"{generation.SiteName}: {left.Count} URLs are too long for a web server's configuration and will not be served, for example {left[0]}"));
        }
    }

    private async Task<MirrorSaveResult> SendAsync(MirrorStore store, HostedSite site, MirrorSaveResult saved, CancellationToken cancellationToken)
    {
        var folder = store.Folder(site.Name).Generation(saved.GenerationId!);
        var generation = GenerationSummary.TryRead(Path.Combine(folder, MirrorFolder.SummaryName))!.Generation;
        var sent = await new MirrorTransport(new MirrorTransportOptions(), reporter, options.Time)
            .SendAsync(site, folder, generation, [.. EntryLog.ReadManifest(folder)], cancellationToken).ConfigureAwait(false);
        return saved with { Sent = sent, ErrorId = sent.ErrorId };
    }

    private static List<HostedSite> Meant(IReadOnlyList<HostedSite> sites, bool named) => [.. sites.Where(site => named || site.Mirror is not null)];

    // One of each host first, so that those who work at once seldom wait for the same one.
    private static List<HostedSite> SpreadOverHosts(IReadOnlyList<HostedSite> sites) =>
        [.. sites.GroupBy(static site => site.Primary.Name, StringComparer.Ordinal).SelectMany(static host => host.Select(static (site, place) => (site, place)))
            .OrderBy(static entry => entry.place).Select(static entry => entry.site)];
}
