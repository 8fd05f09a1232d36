namespace HostingOps;

/// <summary>How a publish of the redirector's configuration ended, and what is there now.</summary>
public sealed record ApexPublishResult
{
    /// <summary>Where to, as ssh takes it.</summary>
    public required string Destination { get; init; }

    /// <summary>The configuration file there.</summary>
    public required string Path { get; init; }

    /// <summary>How it ended.</summary>
    public required ApexPublishOutcome Outcome { get; init; }

    /// <summary>One sentence about it.</summary>
    public required string Reason { get; init; }

    /// <summary>Id of the error, or null.</summary>
    public string? ErrorId { get; init; }

    /// <summary>Checksum of the configuration that was to be published.</summary>
    public required string Checksum { get; init; }

    /// <summary>Checksum that the former configuration states, or null when it states none or there was none.</summary>
    public string? FormerChecksum { get; init; }

    /// <summary>How many names the configuration redirects.</summary>
    public int DomainCount { get; init; }

    /// <summary>How many names were redirected anew.</summary>
    public int Added { get; init; }

    /// <summary>How many names were no longer redirected.</summary>
    public int Removed { get; init; }

    /// <summary>How many names led elsewhere than before.</summary>
    public int Changed { get; init; }

    /// <summary>How many names the redirector was asked for and answered rightly; 0 when it was not asked.</summary>
    public int VerifiedCount { get; init; }

    /// <summary>The former file on the redirector, kept until the next publish; null when there was none or it is back in its place.</summary>
    public string? BackupPath { get; init; }

    /// <summary>The steps that were taken.</summary>
    public IReadOnlyList<ApexPublishEntry> Timeline { get; init; } = [];

    /// <summary>When it began (UTC).</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it ended (UTC).</summary>
    public required DateTimeOffset EndedAt { get; init; }

    /// <summary>The inventory file, or null.</summary>
    public string? InventoryPath { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Outcome} {Destination}";
}
