namespace HostingOps;

/// <summary>What a site's secondary host says of its mirror, and how its answers compare with what was stored here.</summary>
public sealed record SiteMirrorTest
{
    /// <summary>The site.</summary>
    public required string SiteName { get; init; }

    /// <summary>The secondary host.</summary>
    public required string HostName { get; init; }

    /// <summary>The verdict.</summary>
    public required SiteMirrorStatus Status { get; init; }

    /// <summary>Why, in a sentence.</summary>
    public required string Reason { get; init; }

    /// <summary>The generation that is served, or null when it did not say.</summary>
    public string? Generation { get; init; }

    /// <summary>When the generation's run began (UTC), or null.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>How long ago that was, or null.</summary>
    public TimeSpan? Age { get; init; }

    /// <summary>HTML pages, or null.</summary>
    public int? Pages { get; init; }

    /// <summary>Whether it was saved with all that it should have, or null.</summary>
    public bool? IsWhole { get; init; }

    /// <summary>Assets that its documents ask for and that are not there, or null when this machine does not have the generation.</summary>
    public int? MissingAssets { get; init; }

    /// <summary>Links of its documents that lead to nothing, or null when this machine does not have the generation.</summary>
    public int? BrokenLinks { get; init; }

    /// <summary>URLs that were asked for and compared. 0 when this machine does not have the generation.</summary>
    public int Sampled { get; init; }

    /// <summary>Those that were answered in another way than stored.</summary>
    public IReadOnlyList<MirrorDifference> Differences { get; init; } = [];

    /// <summary>The address asked, or null.</summary>
    public string? AddressProbed { get; init; }

    /// <summary>When the test began (UTC).</summary>
    public DateTimeOffset CheckedAt { get; init; }

    /// <summary>The inventory that the site is of. Binds to -InventoryPath in a pipeline.</summary>
    public string? InventoryPath { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{SiteName} on {HostName}: {Status}";
}
