namespace HostingOps;

/// <summary>How the watcher itself is.</summary>
public sealed record WatcherStatus
{
    /// <summary>Whether it lives and answered; false for what was last saved.</summary>
    public required bool Live { get; init; }

    /// <summary>When this was so (UTC).</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Who watches, or watched last: account, machine and process. Null when nobody ever did.</summary>
    public string? Holder { get; init; }

    /// <summary>Its process id on its machine, or null.</summary>
    public int? ProcessId { get; init; }

    /// <summary>When it began (UTC), or null.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>Where it serves <c>/metrics</c> and <c>/status</c>, or null.</summary>
    public string? Endpoint { get; init; }

    /// <summary>When the inventory in use was read (UTC), or null.</summary>
    public DateTimeOffset? InventoryReadAt { get; init; }

    /// <summary>What is wrong with the watcher itself, in sentences: its view, its inventory, Route 53, missed runs.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];

    /// <summary>Sites watched.</summary>
    public int SiteCount { get; init; }

    /// <summary>Sites whose active host is Down.</summary>
    public int DownCount { get; init; }

    /// <summary>Incidents that are open.</summary>
    public IReadOnlyList<HostingIncident> OpenIncidents { get; init; } = [];

    /// <summary>Alerts that have reached nobody yet.</summary>
    public long AlertsUndelivered { get; init; }

    /// <summary>How late the latest checks began, or null when it does not live.</summary>
    public TimeSpan? Lag { get; init; }

    /// <summary>Checks begun per second since the start, or null when it does not live.</summary>
    public double? ChecksPerSecond { get; init; }

    /// <summary>Its memory in RAM in MiB, or null when it does not live.</summary>
    public double? MemoryMiB { get; init; }

    /// <summary>How often a run should begin, or null for one that goes on by itself.</summary>
    public TimeSpan? Every { get; init; }

    /// <summary>Runs that should have begun and did not: up to now, or before the watcher began.</summary>
    public long MissedRuns { get; init; }

    /// <summary>The inventory file.</summary>
    public string? InventoryPath { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Live ? $"{Holder} watches {SiteCount} sites" : "Nobody watches";
}
