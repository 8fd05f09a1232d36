namespace HostingOps;

/// <summary>What a run of Save-SiteMirror came to for one site.</summary>
public sealed record MirrorSaveResult
{
    /// <summary>The site.</summary>
    public required string SiteName { get; init; }

    /// <summary>Whether the run's generation is the current one now.</summary>
    public bool IsCurrent { get; init; }

    /// <summary>Whether the generation has all that it should.</summary>
    public bool IsWhole { get; init; }

    /// <summary>Why it is not current, or not whole, or null.</summary>
    public string? Reason { get; init; }

    /// <summary>Name of the generation, or null when none was begun.</summary>
    public string? GenerationId { get; init; }

    /// <summary>When the run began (UTC). A resumed run began when it was first begun.</summary>
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>How long it took.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>HTML pages saved.</summary>
    public int Pages { get; init; }

    /// <summary>Other files saved.</summary>
    public int Assets { get; init; }

    /// <summary>Redirects saved.</summary>
    public int Redirects { get; init; }

    /// <summary>Of these, files taken over from the current generation because they had not changed.</summary>
    public int Unchanged { get; init; }

    /// <summary>URLs that the site answers with 404 or 410.</summary>
    public int Missing { get; init; }

    /// <summary>URLs that were asked for and not had.</summary>
    public int Failed { get; init; }

    /// <summary>URLs that were not asked for.</summary>
    public int Skipped { get; init; }

    /// <summary>What is missing, failed or skipped, by reason, with examples.</summary>
    public IReadOnlyList<MirrorOmission> Omissions { get; init; } = [];

    /// <summary>Bytes of the saved files.</summary>
    public long Bytes { get; init; }

    /// <summary>Bytes sent and received over the network.</summary>
    public long WireBytes { get; init; }

    /// <summary>Requests sent.</summary>
    public int Requests { get; init; }

    /// <summary>The error's id when it could not be saved, or null.</summary>
    public string? ErrorId { get; init; }

    /// <summary>The inventory file. Binds to -InventoryPath in a pipeline.</summary>
    public string? InventoryPath { get; init; }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{SiteName}: {Pages} pages, {(IsCurrent ? "current" : "not current")}");
}
