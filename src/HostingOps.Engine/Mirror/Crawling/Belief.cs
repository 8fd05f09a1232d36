namespace HostingOps.Engine.Mirror.Crawling;

/// <summary>
/// Whether what a site says of its own changes spares a question. It is believed as long as samples agree: the first that it would spare
/// are asked all the same, and a share after them, others in each run; when one of these has changed, nothing is spared any more. Safe
/// for several threads.
/// </summary>
internal sealed class Belief
{
    private const int FirstAsked = 10;

    private readonly Func<CrawlItem, MirrorEntry, bool> saysUnchanged;
    private readonly int oneOf;
    private readonly string run;
    private readonly object gate = new();
    private readonly List<CrawlItem> kept = [];
    private int candidates;
    private bool believed = true;

    private Belief(Func<CrawlItem, MirrorEntry, bool> saysUnchanged, int oneOf, DateTimeOffset run)
    {
        this.saysUnchanged = saysUnchanged;
        this.oneOf = oneOf;
        this.run = run.UtcTicks.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>In a sitemap's lastmod, for pages.</summary>
    /// <param name="run">When the run began.</param>
    public static Belief InSitemap(DateTimeOffset run) =>
        new(static (item, previous) => item.Modified is { } modified && previous.Kind == MirrorEntryKind.Page && previous.FetchedAt > modified, 50, run);

    /// <summary>In what a host's answers said of how long they stay fresh, for what is no page. Browsers believe it without samples, so fewer are taken.</summary>
    /// <param name="run">When the run began.</param>
    /// <param name="clock">A clock that was set back since tells nothing about freshness.</param>
    public static Belief InFreshness(DateTimeOffset run, TimeProvider clock) =>
        new((_, previous) => previous.FreshUntil is { } until && clock.GetUtcNow() is var now && now < until && now >= previous.FetchedAt, 100, run);

    /// <summary>Whether the site says that it has not changed since the current generation's answer.</summary>
    public bool IsAbout(CrawlItem item, MirrorEntry previous) => !item.IsCertain && saysUnchanged(item, previous);

    /// <summary>Whether what it is about need not be asked for.</summary>
    public bool Spares(CrawlItem item)
    {
        lock (gate)
        {
            return candidates++ >= FirstAsked && believed && item.Tries == 0 && !Lot.FallsOn(item.Place.Key, run, oneOf);
        }
    }

    /// <summary>Takes note of what was not asked for; false when it is believed no more by now, so that it has to be.</summary>
    public bool Keeps(CrawlItem item)
    {
        lock (gate)
        {
            if (believed)
            {
                kept.Add(item);
            }

            return believed;
        }
    }

    /// <summary>Takes the answer for something it is about. Where that ends the belief, gives what was kept on its word; else null.</summary>
    /// <param name="previous">What the current generation has.</param>
    /// <param name="answer">What came.</param>
    public IReadOnlyList<CrawlItem>? Saw(MirrorEntry previous, CrawlAnswer answer)
    {
        // No answer says nothing; the same bytes with another validator have not changed.
        if (answer.IsUnchanged || answer.Entry is not { Kind: not MirrorEntryKind.Failed } entry || entry.FileHash == previous.FileHash)
        {
            return null;
        }

        lock (gate)
        {
            if (!believed)
            {
                return null;
            }

            believed = false;
            CrawlItem[] doubtful = [.. kept];
            kept.Clear();
            return doubtful;
        }
    }
}
