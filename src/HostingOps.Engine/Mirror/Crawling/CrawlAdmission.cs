using HostingOps.Engine.Mirror.Parsing;

namespace HostingOps.Engine.Mirror.Crawling;

/// <summary>What is asked for: each URL once, and not what the settings exclude or what leads nowhere. Safe for several threads.</summary>
internal sealed class CrawlAdmission(MirrorSettings settings)
{
    private readonly object gate = new();
    private readonly HashSet<string> seen = new(StringComparer.Ordinal);
    private readonly TrapRules traps = new();
    private readonly PathPattern[] excluded = [.. settings.Exclude.Select(static pattern => new PathPattern(pattern, whole: true))];

    /// <summary>Takes note of a URL; false when it was seen before.</summary>
    public bool TryAdd(string url)
    {
        lock (gate)
        {
            return seen.Add(url);
        }
    }

    /// <summary>Why it is not asked for, or null. A start is always asked for.</summary>
    public string? Refuse(CrawlItem item)
    {
        if (item.FoundOn is null)
        {
            return null;
        }

        if (item.Depth > settings.MaxDepth)
        {
            return SkipReasons.Depth;
        }

        if (excluded.Length > 0 && PathPattern.Normal(item.Place.PathAndQuery) is var path && Array.Exists(excluded, pattern => pattern.Fits(path)))
        {
            return SkipReasons.Excluded;
        }

        lock (gate)
        {
            return traps.Refuse(item.Place, item.IsAsset, item.Depth);
        }
    }

    /// <summary>Takes note of a page's body, which tells spaces without end.</summary>
    public void Saw(MirrorPlace place, string hash)
    {
        lock (gate)
        {
            traps.Saw(place, hash);
        }
    }
}
