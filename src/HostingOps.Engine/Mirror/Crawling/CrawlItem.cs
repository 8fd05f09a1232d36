using HostingOps.Engine.Mirror.Parsing;

namespace HostingOps.Engine.Mirror.Crawling;

/// <summary>Something to ask for.</summary>
/// <param name="Place">Where.</param>
/// <param name="Depth">Links followed from the start.</param>
/// <param name="FoundOn">The first document that leads there, or null for a start.</param>
/// <param name="IsAsset">Whether a browser fetches it by itself.</param>
internal sealed record CrawlItem(MirrorPlace Place, int Depth, string? FoundOn, bool IsAsset)
{
    /// <summary>Whether nobody referred to it: when it is not there, nothing is missing.</summary>
    public bool IsGuess { get; init; }

    /// <summary>Whether it is asked for to see what the site answers for what does not exist.</summary>
    public bool IsNotFoundProbe { get; init; }

    /// <summary>What a sitemap says of its last change, or null.</summary>
    public DateTimeOffset? Modified { get; init; }

    /// <summary>Whether it is a sitemap: what it says of last changes is in no entry, so it is always read.</summary>
    public bool IsSitemap { get; init; }

    /// <summary>Whether it is asked for whatever a sitemap says.</summary>
    public bool IsCertain { get; init; }

    /// <summary>How often it was tried.</summary>
    public int Tries { get; init; }

    /// <summary>Not before this time.</summary>
    public DateTimeOffset NotBefore { get; init; }

    /// <summary>The entry's beginning: where and whence.</summary>
    public MirrorEntry Entry(MirrorEntryKind kind, int status, DateTimeOffset now) => new()
    {
        Url = Place.Key, Kind = kind, Status = status, Depth = Depth, FoundOn = FoundOn, IsAsset = IsAsset, FetchedAt = now,
    };
}
