namespace HostingOps;

/// <summary>A move of an Elastic IP, made by reading only: what was seen, what would change, and every condition with its answer.</summary>
public sealed record ElasticIpMovePlan
{
    /// <summary>The address.</summary>
    public required string PublicIp { get; init; }

    /// <summary>Its id.</summary>
    public required string AllocationId { get; init; }

    /// <summary>What it was associated with when the plan was made. The move is made only while this still holds.</summary>
    public required ElasticIpAssociation From { get; init; }

    /// <summary>Availability zone of the instance that has it, or null.</summary>
    public string? FromAvailabilityZone { get; init; }

    /// <summary>The instance that shall have it.</summary>
    public required string InstanceId { get; init; }

    /// <summary>That instance's network interface, or null when it has none or several.</summary>
    public string? NetworkInterfaceId { get; init; }

    /// <summary>That instance's availability zone, or null when EC2 does not say.</summary>
    public string? AvailabilityZone { get; init; }

    /// <summary>Whether the address may be taken from what has it.</summary>
    public bool AllowReassociation { get; init; } = true;

    /// <summary>Every condition with its answer; none when nothing would change.</summary>
    public IReadOnlyList<ElasticIpGate> Gates { get; init; } = [];

    /// <summary>The region.</summary>
    public required string Region { get; init; }

    /// <summary>The AWS-compatible endpoint, or null for AWS.</summary>
    public string? EndpointUrl { get; init; }

    /// <summary>When the plan was made (UTC).</summary>
    public required DateTimeOffset PlannedAt { get; init; }

    /// <summary>The inventory file.</summary>
    public string? InventoryPath { get; init; }

    /// <summary>Whether the address is there already.</summary>
    public bool ChangesNothing => From.InstanceId == InstanceId;

    /// <summary>Whether every condition passed.</summary>
    public bool Allowed => Gates.All(static gate => gate.Outcome == GateOutcome.Passed);

    /// <inheritdoc/>
    public override string ToString() => ChangesNothing ? $"{PublicIp} is on {InstanceId} already" : $"{PublicIp}: {From} -> {InstanceId}{(Allowed ? "" : ", refused")}";
}
