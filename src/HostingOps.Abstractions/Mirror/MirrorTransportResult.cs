namespace HostingOps;

/// <summary>What became of sending a mirror's generation to the site's secondary host.</summary>
public sealed record MirrorTransportResult
{
    /// <summary>The site.</summary>
    public required string SiteName { get; init; }

    /// <summary>The generation.</summary>
    public required string GenerationId { get; init; }

    /// <summary>The host in the inventory.</summary>
    public required string HostName { get; init; }

    /// <summary>Where ssh went.</summary>
    public required string Destination { get; init; }

    /// <summary>What became of it.</summary>
    public required MirrorTransportOutcome Outcome { get; init; }

    /// <summary>Why, in one sentence or two.</summary>
    public required string Reason { get; init; }

    /// <summary>Id of the error, or null.</summary>
    public string? ErrorId { get; init; }

    /// <summary>The generation that was current there before, or null when there was none.</summary>
    public string? FormerGenerationId { get; init; }

    /// <summary>Whether an earlier sending that was cut off was taken up.</summary>
    public bool Resumed { get; init; }

    /// <summary>Files of the generation.</summary>
    public int Files { get; init; }

    /// <summary>Files that had to be sent.</summary>
    public int FilesSent { get; init; }

    /// <summary>Bytes of the generation's files.</summary>
    public long Bytes { get; init; }

    /// <summary>Bytes that went over the line.</summary>
    public long BytesSent { get; init; }

    /// <summary>Generations that were removed there.</summary>
    public IReadOnlyList<string> Pruned { get; init; } = [];

    /// <summary>When it began (UTC).</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it ended (UTC).</summary>
    public required DateTimeOffset EndedAt { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{SiteName} {GenerationId} to {HostName}: {Outcome}";
}
