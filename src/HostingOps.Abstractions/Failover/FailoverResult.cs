namespace HostingOps;

/// <summary>What an operation did to one site, with the way back.</summary>
public sealed record FailoverResult
{
    /// <summary>The operation's id in the journal, for Resume-SiteFailover and Undo-SiteFailover; null when nothing was begun.</summary>
    public string? OperationId { get; init; }

    /// <summary>The site. Binds to -Name in a pipeline.</summary>
    public required string SiteName { get; init; }

    /// <summary>Why the site was moved.</summary>
    public required FailoverKind Kind { get; init; }

    /// <summary>How it ended.</summary>
    public required FailoverOutcome Outcome { get; init; }

    /// <summary>One sentence about the outcome.</summary>
    public required string Reason { get; init; }

    /// <summary>The host it left.</summary>
    public string? From { get; init; }

    /// <summary>The host it went to.</summary>
    public string? To { get; init; }

    /// <summary>The record sets before.</summary>
    public IReadOnlyList<DnsRecordSet> Before { get; init; } = [];

    /// <summary>The record sets after.</summary>
    public IReadOnlyList<DnsRecordSet> After { get; init; } = [];

    /// <summary>Route 53's change id, or null.</summary>
    public string? ChangeId { get; init; }

    /// <summary>The steps with their times.</summary>
    public IReadOnlyList<TimelineEntry> Timeline { get; init; } = [];

    /// <summary>What went wrong without stopping the operation.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Id of the error that ended it, one of <see cref="ErrorIds"/>, or null.</summary>
    public string? ErrorId { get; init; }

    /// <summary>When the operation began (UTC).</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it ended (UTC), or null.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The inventory file. Binds to -InventoryPath in a pipeline.</summary>
    public string? InventoryPath { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Kind} of {SiteName}: {From ?? "?"} -> {To ?? "?"}, {Outcome}";
}
