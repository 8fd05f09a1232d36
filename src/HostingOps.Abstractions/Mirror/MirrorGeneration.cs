namespace HostingOps;

/// <summary>One run's result on disk: the summary beside the manifest. Whole and unchanging once it is there.</summary>
public sealed record MirrorGeneration
{
    /// <summary>The site.</summary>
    public required string SiteName { get; init; }

    /// <summary>Name of its folder: when the run began, for example <c>20261122T083000Z</c>, with <c>-2</c> and so on for a second in the same second.</summary>
    public required string Id { get; init; }

    /// <summary>When the run began (UTC).</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When its last answer was there (UTC). The mirror's age counts from <see cref="StartedAt"/>.</summary>
    public required DateTimeOffset FinishedAt { get; init; }

    /// <summary>The site's own name as visitors ask for it.</summary>
    public required string HostName { get; init; }

    /// <summary>HTML pages.</summary>
    public int Pages { get; init; }

    /// <summary>Other files.</summary>
    public int Assets { get; init; }

    /// <summary>Redirects.</summary>
    public int Redirects { get; init; }

    /// <summary>Bytes of all files.</summary>
    public long Bytes { get; init; }

    /// <summary>Assets that pages ask for and that are missing or failed.</summary>
    public int MissingAssets { get; init; }

    /// <summary>Links between the site's own pages that lead to nothing.</summary>
    public int BrokenLinks { get; init; }

    /// <summary>Whether it has all that it should, by the settings' MaxMissingPercent and without an answer of 5xx.</summary>
    public bool IsWhole { get; init; }

    /// <summary>Why it is not whole, or null.</summary>
    public string? Reason { get; init; }

    /// <summary>SHA-256 over the manifest, in lower-case hex: what a transport must arrive at.</summary>
    public string? ManifestHash { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{SiteName} {Id}";
}
