namespace HostingOps.Engine.Mirror.Crawling;

/// <summary>Numbers of a crawl.</summary>
internal sealed record CrawlCounts
{
    /// <summary>HTML pages that are there.</summary>
    public int Pages { get; init; }

    /// <summary>Other bodies that are there.</summary>
    public int Assets { get; init; }

    /// <summary>Redirects.</summary>
    public int Redirects { get; init; }

    /// <summary>404 and 410.</summary>
    public int Missing { get; init; }

    /// <summary>Not had.</summary>
    public int Failed { get; init; }

    /// <summary>Never asked for.</summary>
    public int Skipped { get; init; }

    /// <summary>Taken over from the current generation.</summary>
    public int Unchanged { get; init; }

    /// <summary>Bytes of the bodies that are there.</summary>
    public long Bytes { get; init; }

    /// <summary>Answers that are there.</summary>
    public int Kept => Pages + Assets + Redirects;

    /// <summary>Everything that is settled.</summary>
    public int Settled => Kept + Missing + Failed + Skipped;
}
