namespace HostingOps;

/// <summary>One site of one operation, as the journal has it.</summary>
public sealed record FailoverHistoryEntry
{
    /// <summary>The operation's id.</summary>
    public required string OperationId { get; init; }

    /// <summary>The site. Binds to -Name in a pipeline.</summary>
    public required string SiteName { get; init; }

    /// <summary>Why the site was moved.</summary>
    public required FailoverKind Kind { get; init; }

    /// <summary>How it stands or ended.</summary>
    public required FailoverOutcome Outcome { get; init; }

    /// <summary>One sentence about the outcome.</summary>
    public required string Reason { get; init; }

    /// <summary>The last step in the journal.</summary>
    public required FailoverStep LastStep { get; init; }

    /// <summary>The host it left.</summary>
    public string? From { get; init; }

    /// <summary>The host it went to.</summary>
    public string? To { get; init; }

    /// <summary>Who ran it, <c>user@machine</c>.</summary>
    public required string By { get; init; }

    /// <summary>When it began (UTC).</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it ended (UTC), or null.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Gates that were overridden, with the reason given, or null.</summary>
    public string? Overrides { get; init; }

    /// <summary>Whether Resume-SiteFailover can finish it.</summary>
    public bool Resumable { get; init; }

    /// <summary>The operation that this one takes back, or null.</summary>
    public string? UndoOf { get; init; }

    /// <summary>The inventory file it was run with.</summary>
    public string? InventoryPath { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Kind} of {SiteName}: {From ?? "?"} -> {To ?? "?"}, {Outcome} ({OperationId})";
}
