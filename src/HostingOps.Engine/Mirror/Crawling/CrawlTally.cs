namespace HostingOps.Engine.Mirror.Crawling;

/// <summary>What a crawl has come to so far. Safe for several threads.</summary>
internal sealed class CrawlTally
{
    private const int Examples = 5;

    private readonly object gate = new();
    private readonly Dictionary<string, (int Count, List<string> Examples)> left = new(StringComparer.Ordinal);
    private CrawlCounts counts = new();

    /// <summary>The counts by now.</summary>
    public CrawlCounts Counts
    {
        get
        {
            lock (gate)
            {
                return counts;
            }
        }
    }

    /// <summary>What was left out, by reason, the most frequent first.</summary>
    public IReadOnlyList<MirrorOmission> Omissions
    {
        get
        {
            lock (gate)
            {
                return [.. left.OrderByDescending(static pair => pair.Value.Count).ThenBy(static pair => pair.Key, StringComparer.Ordinal)
                    .Select(static pair => new MirrorOmission(pair.Key, pair.Value.Count, [.. pair.Value.Examples]))];
            }
        }
    }

    /// <summary>Counts what was settled; gives the counts after it.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="unchanged">Whether the current generation's file was taken over.</param>
    public CrawlCounts Add(MirrorEntry entry, bool unchanged = false)
    {
        lock (gate)
        {
            counts = entry.Kind switch
            {
                MirrorEntryKind.Page => counts with { Pages = counts.Pages + 1 },
                MirrorEntryKind.Asset or MirrorEntryKind.NotFoundPage => counts with { Assets = counts.Assets + 1 },
                MirrorEntryKind.Redirect => counts with { Redirects = counts.Redirects + 1 },
                MirrorEntryKind.Missing => counts with { Missing = counts.Missing + 1 },
                MirrorEntryKind.Failed => counts with { Failed = counts.Failed + 1 },
                _ => counts with { Skipped = counts.Skipped + 1 },
            };
            counts = counts with { Bytes = counts.Bytes + (entry.File is null ? 0 : entry.Length), Unchanged = counts.Unchanged + (unchanged ? 1 : 0) };
            if (entry.Kind is MirrorEntryKind.Missing or MirrorEntryKind.Failed or MirrorEntryKind.Skipped)
            {
                LeaveOut(entry.Reason ?? entry.Kind.ToString(), entry.Url);
            }

            return counts;
        }
    }

    /// <summary>Counts what cannot be written down as an entry.</summary>
    public void Skip(string reason, string url)
    {
        lock (gate)
        {
            counts = counts with { Skipped = counts.Skipped + 1 };
            LeaveOut(reason, url);
        }
    }

    /// <summary>Takes back an entry that is asked for again.</summary>
    public void Remove(MirrorEntry entry)
    {
        lock (gate)
        {
            var (pages, assets) = entry.Kind == MirrorEntryKind.Page ? (1, 0) : (0, 1);
            counts = counts with { Pages = counts.Pages - pages, Assets = counts.Assets - assets, Bytes = counts.Bytes - entry.Length, Unchanged = counts.Unchanged - 1 };
        }
    }

    private void LeaveOut(string reason, string url)
    {
        if (!left.TryGetValue(reason, out var seen))
        {
            seen = (0, []);
        }

        if (seen.Examples.Count < Examples)
        {
            seen.Examples.Add(url);
        }

        left[reason] = (seen.Count + 1, seen.Examples);
    }
}
