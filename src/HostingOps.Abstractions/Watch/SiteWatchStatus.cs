namespace HostingOps;

/// <summary>What the watcher holds of one site on one of its hosts.</summary>
public sealed record SiteWatchStatus
{
    /// <summary>The site. Binds to -Name in a pipeline.</summary>
    public required string SiteName { get; init; }

    /// <summary>The host that is watched.</summary>
    public required string HostName { get; init; }

    /// <summary>What that host is to the site.</summary>
    public required WatchRole Role { get; init; }

    /// <summary>The verdict.</summary>
    public required WatchState State { get; init; }

    /// <summary>Since when it holds (UTC), or null when nothing was ever observed.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Why, in one sentence.</summary>
    public required string Reason { get; init; }

    /// <summary>When the last check began (UTC), or null before the first.</summary>
    public DateTimeOffset? LastCheckedAt { get; init; }

    /// <summary>How long the last check took, ms, or null when it was not answered.</summary>
    public double? LatencyMs { get; init; }

    /// <summary>When the next check is due (UTC), or null when nobody watches.</summary>
    public DateTimeOffset? NextCheckAt { get; init; }

    /// <summary>End of the certificate that was last seen there (UTC), or null.</summary>
    public DateTimeOffset? CertificateExpires { get; init; }

    /// <summary>The open incident that the site belongs to, or null.</summary>
    public string? IncidentId { get; init; }

    /// <summary>Whether a watcher that lives said so; false for what was last saved.</summary>
    public bool Live { get; init; }

    /// <summary>The inventory file. Binds to -InventoryPath in a pipeline.</summary>
    public string? InventoryPath { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{SiteName} on {HostName}: {State}";
}
