namespace HostingOps;

/// <summary>What became of one change of records.</summary>
public sealed record DnsRecordChangeResult
{
    /// <summary>The change.</summary>
    public required DnsRecordChange Change { get; init; }

    /// <summary>The record's full name.</summary>
    public string Record => Change.Record;

    /// <summary>Create, Update or Delete.</summary>
    public DnsChangeAction Action => Change.Action;

    /// <summary>What became of it.</summary>
    public required DnsRecordChangeOutcome Outcome { get; init; }

    /// <summary>One sentence about the outcome.</summary>
    public required string Reason { get; init; }

    /// <summary>Id of the error behind the outcome, or null.</summary>
    public string? ErrorId { get; init; }

    /// <summary>Route 53's change id, when it is known.</summary>
    public string? ChangeId { get; init; }

    /// <summary>The operation in the journal.</summary>
    public required string OperationId { get; init; }

    /// <summary>Checksum of the plan that it belongs to.</summary>
    public required string Checksum { get; init; }

    /// <summary>The hosted zone's name.</summary>
    public required string Zone { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Record}: {Outcome} ({Reason})";
}
