namespace HostingOps.Engine.State;

/// <summary>An operation on a zone's records as the journal has it.</summary>
internal sealed record ZoneOperation
{
    /// <summary>Its id; <see cref="ZoneJournal.NewId"/> makes one.</summary>
    public required string Id { get; init; }

    /// <summary>Who began it, <c>user@machine</c>.</summary>
    public required string By { get; init; }

    /// <summary>The AWS-compatible endpoint, or null for AWS.</summary>
    public string? EndpointUrl { get; init; }

    /// <summary>When it began (UTC).</summary>
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>The plan as it was confirmed.</summary>
    public required ZoneChangePlan Plan { get; init; }

    /// <summary>How it ended, or null while it is open. Ignored by Begin.</summary>
    public string? Outcome { get; init; }

    /// <summary>One sentence about the outcome, or null. Ignored by Begin.</summary>
    public string? Reason { get; init; }

    /// <summary>Id of the error that ended it, or null. Ignored by Begin.</summary>
    public string? ErrorId { get; init; }

    /// <summary>What became of each change, or null while it is open. Ignored by Begin.</summary>
    public IReadOnlyList<DnsRecordChangeResult>? Results { get; init; }

    /// <summary>When it ended (UTC), or null. Ignored by Begin.</summary>
    public DateTimeOffset? EndedAt { get; init; }
}
