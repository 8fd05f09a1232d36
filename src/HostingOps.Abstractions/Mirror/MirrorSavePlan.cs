namespace HostingOps;

/// <summary>What a run of Save-SiteMirror would ask for, as far as robots.txt, the sitemaps and the current generation tell.</summary>
public sealed record MirrorSavePlan
{
    /// <summary>The site.</summary>
    public required string SiteName { get; init; }

    /// <summary>The host that would be asked.</summary>
    public required string HostName { get; init; }

    /// <summary>Pages of the current generation; 0 without one.</summary>
    public int KnownPages { get; init; }

    /// <summary>Other files of the current generation.</summary>
    public int KnownAssets { get; init; }

    /// <summary>Pages that the sitemaps list.</summary>
    public int ListedPages { get; init; }

    /// <summary>Of these, pages that the current generation does not have.</summary>
    public int NewPages { get; init; }

    /// <summary>Pages of the sitemaps that robots.txt forbids.</summary>
    public int ForbiddenPages { get; init; }

    /// <summary>URLs that are expected to be asked for at least. Links that nobody knows yet come on top.</summary>
    public int ExpectedRequests { get; init; }

    /// <summary>How long these take at least at the inventory's rate, or null without a rate.</summary>
    public TimeSpan? ExpectedTime { get; init; }

    /// <summary>Why nothing could be crawled, or null.</summary>
    public string? Problem { get; init; }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{SiteName}: {KnownPages} pages known, {NewPages} new");
}
