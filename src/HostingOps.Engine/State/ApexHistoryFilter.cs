namespace HostingOps.Engine.State;

/// <summary>Which operations on the apex are wanted.</summary>
public sealed record ApexHistoryFilter
{
    /// <summary>Operation id or its beginning, or null.</summary>
    public string? OperationId { get; init; }

    /// <summary>The Elastic IP or its id, or null for all.</summary>
    public string? Address { get; init; }

    /// <summary>Begun at or after, or null.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Newest operations at most.</summary>
    public int First { get; init; } = 100;

    /// <summary>Only those that can be resumed.</summary>
    public bool ResumableOnly { get; init; }
}
