namespace HostingOps;

/// <summary>One URL of a mirror: what the origin answered, and where it is kept. A line of the generation's manifest.</summary>
public sealed record MirrorEntry
{
    /// <summary>
    /// The URL as the mirror answers it: path and query as sent, for example <c>/caf%C3%A9?page=2</c>. What was taken from another
    /// host is under <c>/.mirror/&lt;host&gt;/</c>.
    /// </summary>
    public required string Url { get; init; }

    /// <summary>What it is.</summary>
    public required MirrorEntryKind Kind { get; init; }

    /// <summary>The origin's status, or 0 without an answer.</summary>
    public int Status { get; init; }

    /// <summary>The file within the generation's <c>content</c> folder, with <c>/</c>, or null without a body.</summary>
    public string? File { get; init; }

    /// <summary>The origin's Content-Type, verbatim, with a charset when the document's own says more.</summary>
    public string? ContentType { get; init; }

    /// <summary>The origin's ETag, verbatim.</summary>
    public string? ETag { get; init; }

    /// <summary>The origin's Last-Modified, verbatim.</summary>
    public string? LastModified { get; init; }

    /// <summary>Until when the origin said that it stays the same (Cache-Control, Expires), or null when it said nothing of the kind or is asked all the same.</summary>
    public DateTimeOffset? FreshUntil { get; init; }

    /// <summary>Where a redirect leads, as the mirror says it.</summary>
    public string? Location { get; init; }

    /// <summary>SHA-256 of the origin's body, decoded, in lower-case hex.</summary>
    public string? OriginHash { get; init; }

    /// <summary>SHA-256 of the stored file, in lower-case hex. Differs where links were rewritten.</summary>
    public string? FileHash { get; init; }

    /// <summary>Bytes of the stored file.</summary>
    public long Length { get; init; }

    /// <summary>When the stored file was last written to, by the file system of the machine that saved it: who comes back sees by it whether somebody has.</summary>
    public DateTimeOffset? FileTime { get; init; }

    /// <summary>Links followed from the start.</summary>
    public int Depth { get; init; }

    /// <summary>The first page that leads here, or null for a start.</summary>
    public string? FoundOn { get; init; }

    /// <summary>Whether a visitor's browser fetches it by itself: an image, a style sheet, a font; not a link to be followed.</summary>
    public bool IsAsset { get; init; }

    /// <summary>URLs of the mirror that this document asks for or leads to, so that it need not be read again when it has not changed.</summary>
    public IReadOnlyList<MirrorLink> Links { get; init; } = [];

    /// <summary>When the origin answered (UTC).</summary>
    public DateTimeOffset FetchedAt { get; init; }

    /// <summary>Why it is missing, failed or skipped.</summary>
    public string? Reason { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Url} ({Kind})";
}
