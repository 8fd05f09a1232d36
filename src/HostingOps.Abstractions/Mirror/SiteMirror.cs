namespace HostingOps;

/// <summary>One generation of a site's mirror on this machine, or that there is none.</summary>
public sealed record SiteMirror
{
    /// <summary>The site.</summary>
    public required string SiteName { get; init; }

    /// <summary>What it is.</summary>
    public required SiteMirrorState State { get; init; }

    /// <summary>The generation's name, or null when there is none.</summary>
    public string? Id { get; init; }

    /// <summary>When its run began (UTC), or null.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>How long ago its run began, or null. What it shows is no older.</summary>
    public TimeSpan? Age { get; init; }

    /// <summary>HTML pages.</summary>
    public int Pages { get; init; }

    /// <summary>Other files.</summary>
    public int Assets { get; init; }

    /// <summary>Redirects.</summary>
    public int Redirects { get; init; }

    /// <summary>Bytes of all files.</summary>
    public long Bytes { get; init; }

    /// <summary>Assets that its documents ask for and that are not there.</summary>
    public int MissingAssets { get; init; }

    /// <summary>Links of its documents that lead to nothing.</summary>
    public int BrokenLinks { get; init; }

    /// <summary>Whether it has all that it should.</summary>
    public bool IsWhole { get; init; }

    /// <summary>Whether it is whole and younger than the site's MaxAge allows for a failover.</summary>
    public bool IsFresh { get; init; }

    /// <summary>Why it is not whole, why it was refused, or why there is none; else null.</summary>
    public string? Reason { get; init; }

    /// <summary>Its folder, or null.</summary>
    public string? Path { get; init; }

    /// <summary>The summary as it stands beside the files, or null.</summary>
    public MirrorGeneration? Generation { get; init; }

    /// <summary>The inventory that the site is of. Binds to -InventoryPath in a pipeline.</summary>
    public string? InventoryPath { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Id is null ? $"{SiteName}: none" : $"{SiteName} {Id}";
}
