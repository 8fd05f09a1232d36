namespace HostingOps;

/// <summary>One operation on the apex, as the journal has it: the move of an Elastic IP, or the recovery of its redirector.</summary>
public sealed record ApexHistoryEntry
{
    /// <summary>The operation's id. Binds to -OperationId in a pipeline.</summary>
    public required string OperationId { get; init; }

    /// <summary>What it does.</summary>
    public required ApexOperationKind Kind { get; init; }

    /// <summary>How it ended, as its result says: <c>Moved</c>, <c>Restored</c> and so on; <c>InProgress</c> when it has not ended.</summary>
    public required string Outcome { get; init; }

    /// <summary>One sentence about the outcome; of one that has not ended, what was written last.</summary>
    public required string Reason { get; init; }

    /// <summary>Id of the error that ended it, or null.</summary>
    public string? ErrorId { get; init; }

    /// <summary>The last step in the journal.</summary>
    public required string LastStep { get; init; }

    /// <summary>The Elastic IP.</summary>
    public required string PublicIp { get; init; }

    /// <summary>Its id.</summary>
    public required string AllocationId { get; init; }

    /// <summary>The instance that had the address, or null.</summary>
    public string? From { get; init; }

    /// <summary>The instance that should have it: of a recovery the one that was launched, or null when none was.</summary>
    public string? To { get; init; }

    /// <summary>Who ran it, <c>user@machine</c>.</summary>
    public required string By { get; init; }

    /// <summary>When it began (UTC).</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it ended (UTC), or null.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Whether Restore-ApexRedirector -Resume can go on with it.</summary>
    public bool Resumable { get; init; }

    /// <summary>What was written down, in order.</summary>
    public IReadOnlyList<ApexRecoveryEvent> Timeline { get; init; } = [];

    /// <summary>The region.</summary>
    public required string Region { get; init; }

    /// <summary>The AWS-compatible endpoint, or null for AWS: with one it was a rehearsal.</summary>
    public string? EndpointUrl { get; init; }

    /// <summary>The inventory file it was run with.</summary>
    public string? InventoryPath { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Kind} of {PublicIp}: {From ?? "?"} -> {To ?? "?"}, {Outcome} ({OperationId})";
}
