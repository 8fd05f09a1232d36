using System.Security.Cryptography.X509Certificates;
using HostingOps.Engine.Health;
using HostingOps.Engine.Inventory;
using HostingOps.Engine.Mirror.Parsing;

namespace HostingOps.Engine.Mirror.Crawling;

/// <summary>Saves one site's mirror, or looks at what that would be.</summary>
internal sealed class MirrorSaver(IAddressResolver resolver, TrustedRoots roots, Func<string, string?> environment, IOperationReporter reporter, TimeProvider clock)
{
    /// <summary>Crawls into a run and completes it.</summary>
    /// <param name="site">The site.</param>
    /// <param name="run">The run; not disposed of here.</param>
    /// <param name="cancellationToken">Stops where it is; the run can be resumed.</param>
    public async Task<MirrorSaveResult> SaveAsync(HostedSite site, IMirrorRun run, CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        using var transport = new CrawlTransport(WithSecrets(site), resolver, RootsFor(site), clock);
        var crawl = new MirrorCrawl(site, run, transport, reporter, clock);
        var ended = await crawl.RunAsync(cancellationToken).ConfigureAwait(false);
        var completion = await run.CompleteAsync(ended, cancellationToken).ConfigureAwait(false);
        var counts = crawl.Tally.Counts;
        return new MirrorSaveResult
        {
            SiteName = site.Name,
            IsCurrent = completion.IsCurrent,
            IsWhole = completion.Generation.IsWhole,
            Reason = completion.Reason ?? completion.Generation.Reason,
            GenerationId = completion.Generation.Id,
            StartedAt = run.StartedAt,
            Duration = clock.GetElapsedTime(started),
            Pages = completion.Generation.Pages,
            Assets = completion.Generation.Assets,
            Redirects = completion.Generation.Redirects,
            Unchanged = counts.Unchanged,
            Missing = counts.Missing,
            Failed = counts.Failed,
            Skipped = counts.Skipped,
            Omissions = crawl.Tally.Omissions,
            Bytes = completion.Generation.Bytes,
            WireBytes = transport.WireBytes,
            Requests = transport.Requests,
            InventoryPath = site.InventoryPath,
        };
    }

    /// <summary>Looks, by reading robots.txt and the sitemaps only, at what a run would ask for.</summary>
    /// <param name="site">The site.</param>
    /// <param name="current">The current generation, or null.</param>
    /// <param name="isKnown">Whether the current generation has a URL.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<MirrorSavePlan> PlanAsync(HostedSite site, MirrorGeneration? current, Func<string, bool> isKnown, CancellationToken cancellationToken)
    {
        var settings = site.Mirror ?? MirrorSettings.Default;
        using var transport = new CrawlTransport(WithSecrets(site), resolver, RootsFor(site), clock);
        var scope = new MirrorScope(site);
        var asker = new CrawlAsker(scope, settings, new ReadOnlyRun(clock.GetUtcNow()), transport, reporter, clock) { Origin = SiteAddress.Origin(site) };
        string? problem = null;
        var start = new CrawlStart(site, scope, asker, new CrawlTally(), (_, reason) => problem = reason);
        var lane = new HostLane(null, new HostPace(settings.RequestsPerSecond, clock)) { Freshness = Belief.InFreshness(clock.GetUtcNow(), clock) };
        var rules = await lane.RulesAsync(start.ReadRobotsAsync, cancellationToken).ConfigureAwait(false);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var listed = problem is null ? await start.ReadSitemapsAsync(lane, rules, seen.Add, cancellationToken).ConfigureAwait(false) : [];
        var pages = listed.Where(static item => !item.IsAsset).Select(static item => item.Place).Distinct().ToList();
        var allowed = pages.Where(place => rules.Allows(place.PathAndQuery)).ToList();
        var added = allowed.Count(place => !isKnown(place.Key));
        var requests = Math.Max(1, (current?.Pages ?? 0) + (current?.Assets ?? 0) + (current?.Redirects ?? 0) + added);
        return new MirrorSavePlan
        {
            SiteName = site.Name,
            HostName = site.Primary.Name,
            KnownPages = current?.Pages ?? 0,
            KnownAssets = current?.Assets ?? 0,
            ListedPages = pages.Count,
            NewPages = added,
            ForbiddenPages = pages.Count - allowed.Count,
            ExpectedRequests = requests,
            ExpectedTime = lane.Pace.Interval > TimeSpan.Zero ? lane.Pace.Interval * requests : null,
            Problem = problem,
        };
    }

    // Only what asks knows them: the run, its journal and its result are made from the inventory's own text.
    private HostedSite WithSecrets(HostedSite site)
    {
        if (site.Mirror is not { Headers.Count: > 0 } settings)
        {
            return site;
        }

        try
        {
            return site with { Mirror = settings with { Headers = settings.Headers.ToDictionary(static header => header.Key, header => EnvironmentText.Fill(header.Value, environment)) } };
        }
        catch (MissingVariableException missing)
        {
            throw new HostingException(
                ErrorIds.InvalidArgument,
                HostingErrorCategory.InvalidArgument,
                site.Name,
                $"The mirror of '{site.Name}' cannot be saved: a header of 'mirror.headers' could not be filled in: {missing.Message}.",
                "Set the variable where Save-SiteMirror runs.");
        }
    }

    private X509Certificate2Collection? RootsFor(HostedSite site)
    {
        try
        {
            return roots.For(site);
        }
        catch (ProbeFailedException failure)
        {
            throw new HostingException(ErrorIds.InvalidArgument, HostingErrorCategory.InvalidArgument, site.Name, $"The mirror of '{site.Name}' cannot be saved: {failure.Message}.");
        }
    }
}
