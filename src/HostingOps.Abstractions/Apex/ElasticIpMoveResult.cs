namespace HostingOps;

/// <summary>How a move of an Elastic IP ended, with the way back.</summary>
public sealed record ElasticIpMoveResult
{
    /// <summary>The address.</summary>
    public required string PublicIp { get; init; }

    /// <summary>Its id.</summary>
    public required string AllocationId { get; init; }

    /// <summary>How it ended.</summary>
    public required ElasticIpMoveOutcome Outcome { get; init; }

    /// <summary>One sentence about it.</summary>
    public required string Reason { get; init; }

    /// <summary>Id of the error, or null.</summary>
    public string? ErrorId { get; init; }

    /// <summary>Whether the address was moved.</summary>
    public bool Changed { get; init; }

    /// <summary>The instance that was to have it.</summary>
    public required string InstanceId { get; init; }

    /// <summary>That instance's network interface, or null.</summary>
    public string? NetworkInterfaceId { get; init; }

    /// <summary>The association now, or null when it is not known.</summary>
    public string? AssociationId { get; init; }

    /// <summary>That instance's availability zone, or null.</summary>
    public string? AvailabilityZone { get; init; }

    /// <summary>What proves that the address answers from there.</summary>
    public ElasticIpProof Proof { get; init; }

    /// <summary>The instance that had it before, or null.</summary>
    public string? PreviousInstanceId { get; init; }

    /// <summary>The network interface that had it before, or null.</summary>
    public string? PreviousNetworkInterfaceId { get; init; }

    /// <summary>The association before, or null when it had none.</summary>
    public string? PreviousAssociationId { get; init; }

    /// <summary>The way back, or null when nothing was moved or no instance had it before.</summary>
    public ElasticIpUndo? Undo { get; init; }

    /// <summary>The operation in the journal, or null when none was begun.</summary>
    public string? OperationId { get; init; }

    /// <summary>When it began (UTC).</summary>
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>How long it took, proof included.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>The conditions with their answers.</summary>
    public IReadOnlyList<ElasticIpGate> Gates { get; init; } = [];

    /// <summary>The inventory file.</summary>
    public string? InventoryPath { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{PublicIp} to {InstanceId}: {Outcome}";
}
