using HostingOps.Engine.Mirror.Parsing;

namespace HostingOps.Engine.Mirror.Crawling;

/// <summary>
/// Whether a sitemap's lastmod spares a question. It is believed as long as samples agree: the first pages that it would spare are asked
/// all the same, and one of fifty after them; when one of these has changed, nothing is spared any more. Safe for several threads.
/// </summary>
internal sealed class SitemapBelief
{
    private const int FirstAsked = 10;
    private const int OneOf = 50;

    private readonly object gate = new();
    private readonly List<CrawlItem> kept = [];
    private int candidates;
    private bool believed = true;

    /// <summary>Whether the page need not be asked for.</summary>
    public bool Spares(CrawlItem item, MirrorEntry previous)
    {
        if (item.IsCertain || !IsUnchangedBySitemap(item, previous))
        {
            return false;
        }

        lock (gate)
        {
            var number = candidates++;
            return believed && number >= FirstAsked && number % OneOf != 0;
        }
    }

    /// <summary>Takes note of a page that was not asked for.</summary>
    public void Kept(CrawlItem item)
    {
        lock (gate)
        {
            kept.Add(item);
        }
    }

    /// <summary>Takes a page's answer; true when it shows that the sitemap is not to be believed.</summary>
    public bool Saw(CrawlItem item, MirrorEntry previous, bool unchanged)
    {
        lock (gate)
        {
            return believed && !unchanged && !item.IsCertain && IsUnchangedBySitemap(item, previous);
        }
    }

    /// <summary>Believes it no more; gives the pages that were kept on its word.</summary>
    public IReadOnlyList<CrawlItem> GiveUp()
    {
        lock (gate)
        {
            believed = false;
            var doubtful = kept.ToArray();
            kept.Clear();
            return doubtful;
        }
    }

    private static bool IsUnchangedBySitemap(CrawlItem item, MirrorEntry previous) =>
        item.Modified is { } modified && previous.Kind == MirrorEntryKind.Page && previous.FetchedAt > modified;
}
