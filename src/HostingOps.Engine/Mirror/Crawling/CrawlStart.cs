using System.Security.Cryptography;
using System.Text;
using HostingOps.Engine.Mirror.Parsing;
using Url = AngleSharp.Dom.Url;

namespace HostingOps.Engine.Mirror.Crawling;

/// <summary>What a crawl begins with: the rules of robots.txt, the sitemaps, the first pages, and a page that cannot exist.</summary>
/// <param name="site">The site.</param>
/// <param name="scope">What belongs to its mirror.</param>
/// <param name="asker">Asks.</param>
/// <param name="tally">Counts.</param>
/// <param name="close">Leaves a host alone, with the reason.</param>
internal sealed class CrawlStart(HostedSite site, MirrorScope scope, CrawlAsker asker, CrawlTally tally, Action<HostLane, string> close)
{
    private const int MostTries = 3;
    private const int MostSitemaps = 500;

    private readonly MirrorSettings settings = site.Mirror ?? MirrorSettings.Default;
    private readonly CrawlIdentity identity = new(site.Mirror ?? MirrorSettings.Default);

    /// <summary>Reads a host's robots.txt. Rules that can't be read forbid everything (RFC 9309 §2.3.1.4), and a site that does not answer is told of so too.</summary>
    public async Task<RobotsRules> ReadRobotsAsync(HostLane lane, CancellationToken cancellationToken)
    {
        var item = new CrawlItem(new MirrorPlace(lane.Host, SchemeFor(lane), "/robots.txt"), 0, null, IsAsset: true) { IsGuess = true };
        var answer = await AskAsync(lane, item, keepBody: true, cancellationToken).ConfigureAwait(false);
        if (answer.Entry is { } entry)
        {
            tally.Add(entry);
        }

        if (answer.Failure is { } failure)
        {
            close(lane, $"robots.txt of {lane.Host ?? site.HostName} cannot be read: {failure}");
            return RobotsRules.AllowAll;
        }

        var text = answer.Body is { } body ? Encoding.UTF8.GetString(body.AsSpan(0, Math.Min(body.Length, RobotsRules.MostBytes))) : "";
        var rules = RobotsRules.Parse(text, identity.Token);
        return settings.Robots ? rules : rules.OnlySitemaps();
    }

    /// <summary>Reads the sitemaps, those that they name too. What they say of last changes goes with each page.</summary>
    /// <param name="own">The site's lane.</param>
    /// <param name="rules">Its rules.</param>
    /// <param name="first">Whether a URL has not been seen before.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<IReadOnlyList<CrawlItem>> ReadSitemapsAsync(HostLane own, RobotsRules rules, Func<string, bool> first, CancellationToken cancellationToken)
    {
        var left = new Queue<(MirrorPlace Place, bool IsGuess)>(rules.Sitemaps
            .Select(address => Urls.Resolve(new Url(asker.Origin + "/"), address))
            .Select(scope.Locate).Where(static place => place is { Host: null }).Select(static place => (place!, false)));
        if (left.Count == 0)
        {
            left.Enqueue((new MirrorPlace(null, "https", "/sitemap.xml"), true));
        }

        var found = new List<CrawlItem>();
        for (var read = 0; read < MostSitemaps && left.TryDequeue(out var next); read++)
        {
            if (!TrapRules.IsAskable(next.Place.Key) || !rules.Allows(next.Place.PathAndQuery) || !first(next.Place.Key))
            {
                continue;
            }

            foreach (var link in await ReadSitemapAsync(own, next.Place, next.IsGuess, cancellationToken).ConfigureAwait(false))
            {
                if (link.IsAsset && link.Place.Host is null && IsSitemap(link.Place.Path))
                {
                    left.Enqueue((link.Place, false));
                }
                else
                {
                    found.Add(new CrawlItem(link.Place, 1, next.Place.Key, link.IsAsset) { Modified = link.Modified });
                }
            }
        }

        return found;
    }

    /// <summary>What is asked for without having been found.</summary>
    public IEnumerable<CrawlItem> Items() =>
        settings.Start.Prepend("/").Select(Item)
            .Append(Item("/favicon.ico") with { IsGuess = true, IsAsset = true })
            .Append(Item(NotFoundPath()) with { IsGuess = true, IsNotFoundProbe = true });

    private async Task<IReadOnlyList<FoundLink>> ReadSitemapAsync(HostLane own, MirrorPlace place, bool isGuess, CancellationToken cancellationToken)
    {
        var item = new CrawlItem(place, 0, null, IsAsset: true) { IsGuess = isGuess, IsSitemap = true };
        var answer = await AskAsync(own, item, keepBody: false, cancellationToken).ConfigureAwait(false);
        if (answer.Again)
        {
            answer = await asker.FailAsync(item with { IsGuess = false }, 0, $"the sitemap cannot be read: {answer.Failure}", isFailure: true, cancellationToken).ConfigureAwait(false);
        }

        if (answer.Entry is { } entry)
        {
            tally.Add(entry);
        }

        return answer.Links;
    }

    // As often and as long as is of use. Who asks for more time than that is not asked again.
    private async Task<CrawlAnswer> AskAsync(HostLane lane, CrawlItem item, bool keepBody, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            await lane.Pace.WaitAsync(cancellationToken).ConfigureAwait(false);
            var answer = await asker.AskAsync(item, null, keepBody, cancellationToken).ConfigureAwait(false);
            if (!answer.Again || attempt == MostTries || answer.Pause > MirrorCrawl.LongestPause)
            {
                return answer;
            }

            lane.Pace.Pause(answer.Pause ?? TimeSpan.FromSeconds(attempt));
        }
    }

    private string SchemeFor(HostLane lane) =>
        lane.Items.TryPeek(out var first) ? first.Place.Scheme : asker.Origin.StartsWith("http:", StringComparison.Ordinal) ? "http" : "https";

    private CrawlItem Item(string path) =>
        new(scope.Locate(Urls.Resolve(new Url(asker.Origin + "/"), path)) ?? new MirrorPlace(null, "https", "/"), 0, null, IsAsset: false);

    // The same in every run, so that it can be compared with the last.
    private string NotFoundPath() =>
        "/hostingops-" + Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(site.Name + " " + site.Domain)).AsSpan(0, 6)).ToLowerInvariant() + "-does-not-exist";

    private static bool IsSitemap(string path) => path.EndsWith(".xml", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".xml.gz", StringComparison.OrdinalIgnoreCase);
}
