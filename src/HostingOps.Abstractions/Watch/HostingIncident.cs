namespace HostingOps;

/// <summary>One cause of trouble from its beginning to its end, with every site that it touches.</summary>
public sealed record HostingIncident
{
    /// <summary>Its id, for ever.</summary>
    public required string Id { get; init; }

    /// <summary>What it is about.</summary>
    public required IncidentCause Cause { get; init; }

    /// <summary>The site, host, provider or uplink; empty for the observer, the inventory and the watcher.</summary>
    public required string Subject { get; init; }

    /// <summary>The sites that it touches or has touched.</summary>
    public IReadOnlyList<string> Sites { get; init; } = [];

    /// <summary>What was seen, in sentences.</summary>
    public required string Reason { get; init; }

    /// <summary>When the first failure was seen (UTC).</summary>
    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>When it ended (UTC), or null while it lasts.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>How it ended, or null while it lasts.</summary>
    public string? Ending { get; init; }

    /// <summary>The inventory file, when it is known. Binds to -InventoryPath in a pipeline.</summary>
    public string? InventoryPath { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Cause} {Subject}".TrimEnd() + (ClosedAt is null ? " (open)" : " (ended)");
}
