namespace HostingOps;

/// <summary>An Elastic IP address, and what EC2 says it is associated with.</summary>
public sealed record ElasticIp
{
    /// <summary>The address.</summary>
    public required string PublicIp { get; init; }

    /// <summary>Its id, <c>eipalloc-…</c>.</summary>
    public required string AllocationId { get; init; }

    /// <summary>Id of the association, <c>eipassoc-…</c>, or null. It changes with every move.</summary>
    public string? AssociationId { get; init; }

    /// <summary>The instance that has the address, or null: none, or an interface without instance (a NAT gateway's).</summary>
    public string? InstanceId { get; init; }

    /// <summary>The instance's state as EC2 names it, or null.</summary>
    public string? InstanceState { get; init; }

    /// <summary>The network interface that has the address, <c>eni-…</c>, or null.</summary>
    public string? NetworkInterfaceId { get; init; }

    /// <summary>The private address behind it, or null.</summary>
    public string? PrivateIpAddress { get; init; }

    /// <summary>The instance's availability zone, or null.</summary>
    public string? AvailabilityZone { get; init; }

    /// <summary>The group of zones that the address can be used in, usually the region.</summary>
    public string? NetworkBorderGroup { get; init; }

    /// <summary>The address's tags.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>The region.</summary>
    public string? Region { get; init; }

    /// <summary>The inventory file.</summary>
    public string? InventoryPath { get; init; }

    /// <summary>Whether it is associated with anything.</summary>
    public bool IsAssociated => AssociationId is not null;

    /// <summary>What it is associated with.</summary>
    public ElasticIpAssociation Association => new(AssociationId, InstanceId, NetworkInterfaceId, PrivateIpAddress);

    /// <inheritdoc/>
    public override string ToString() => $"{PublicIp} ({Association})";
}
