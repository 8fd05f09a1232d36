namespace HostingOps.Engine.State;

/// <summary>An operation on the apex as the journal has it.</summary>
internal sealed record ApexOperation
{
    /// <summary>Its id; <see cref="ApexJournal.NewId"/> makes one.</summary>
    public required string Id { get; init; }

    /// <summary>What it does.</summary>
    public required ApexOperationKind Kind { get; init; }

    /// <summary>Who began it, <c>user@machine</c>.</summary>
    public required string By { get; init; }

    /// <summary>The inventory file, or null.</summary>
    public string? InventoryPath { get; init; }

    /// <summary>The Elastic IP's id. A rehearsal's address may be the same as the real one; its id never is.</summary>
    public required string AllocationId { get; init; }

    /// <summary>The Elastic IP.</summary>
    public required string PublicIp { get; init; }

    /// <summary>The region.</summary>
    public required string Region { get; init; }

    /// <summary>The AWS-compatible endpoint, or null for AWS.</summary>
    public string? EndpointUrl { get; init; }

    /// <summary>When it began (UTC).</summary>
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>The plan as it was confirmed, as JSON. Never a secret.</summary>
    public required string PlanJson { get; init; }

    /// <summary>How it ended, or null while it is open. Ignored by Begin.</summary>
    public string? Outcome { get; init; }

    /// <summary>One sentence about the outcome, or null. Ignored by Begin.</summary>
    public string? Reason { get; init; }

    /// <summary>Id of the error that ended it, or null. Ignored by Begin.</summary>
    public string? ErrorId { get; init; }

    /// <summary>The result as it was returned, as JSON, or null. Ignored by Begin.</summary>
    public string? ResultJson { get; init; }

    /// <summary>When it ended (UTC), or null. Ignored by Begin.</summary>
    public DateTimeOffset? EndedAt { get; init; }
}
