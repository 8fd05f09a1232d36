namespace HostingOps.Engine.Failover;

/// <summary>Which operations are wanted.</summary>
public sealed record HistoryFilter
{
    /// <summary>Site names with wildcards, or null for all.</summary>
    public IReadOnlyList<string>? Sites { get; init; }

    /// <summary>Operation id or its beginning, or null.</summary>
    public string? OperationId { get; init; }

    /// <summary>Begun at or after, or null.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Newest entries at most.</summary>
    public int First { get; init; } = 100;

    /// <summary>Only those that can be resumed.</summary>
    public bool ResumableOnly { get; init; }
}
