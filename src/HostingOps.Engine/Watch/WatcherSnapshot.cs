namespace HostingOps.Engine.Watch;

/// <summary>All of a watcher at one moment.</summary>
internal sealed record WatcherSnapshot
{
    /// <summary>When it was taken (UTC).</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>When the watcher began (UTC).</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>The inventory in use.</summary>
    public required HostingInventory Inventory { get; init; }

    /// <summary>When the inventory in use was read (UTC).</summary>
    public required DateTimeOffset InventoryReadAt { get; init; }

    /// <summary>Why the inventory file as it is now is not in use, or null.</summary>
    public string? InventoryProblem { get; init; }

    /// <summary>Why Route 53 could not be asked which hosts are active, or null.</summary>
    public string? RoutingProblem { get; init; }

    /// <summary>Why this machine's own view is in doubt, or null.</summary>
    public string? ObserverProblem { get; init; }

    /// <summary>Every target, in the inventory's order.</summary>
    public required IReadOnlyList<WatchedTarget> Targets { get; init; }

    /// <summary>Checks begun since the start.</summary>
    public required long ChecksBegun { get; init; }

    /// <summary>Checks under way.</summary>
    public required int ChecksUnderWay { get; init; }

    /// <summary>How late the latest checks began: the worst of the last minute.</summary>
    public required TimeSpan Lag { get; init; }
}
