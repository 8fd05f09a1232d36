namespace HostingOps;

/// <summary>A verdict of the watcher that changed.</summary>
public sealed record SiteWatchChange
{
    /// <summary>When it changed (UTC).</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The site. Binds to -Name in a pipeline.</summary>
    public required string SiteName { get; init; }

    /// <summary>The host on which it is watched.</summary>
    public required string HostName { get; init; }

    /// <summary>What that host is to the site, by Route 53.</summary>
    public required WatchRole Role { get; init; }

    /// <summary>The verdict before.</summary>
    public required WatchState From { get; init; }

    /// <summary>The verdict now.</summary>
    public required WatchState To { get; init; }

    /// <summary>Why, in one sentence.</summary>
    public required string Reason { get; init; }

    /// <summary>When the first failure of the present row was seen (UTC), or null when it does not fail.</summary>
    public DateTimeOffset? FailingSince { get; init; }

    /// <summary>The inventory file. Binds to -InventoryPath in a pipeline.</summary>
    public string? InventoryPath { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{SiteName} on {HostName}: {From} -> {To}";
}
