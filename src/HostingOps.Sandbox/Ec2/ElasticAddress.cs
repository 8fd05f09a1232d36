namespace HostingOps.Sandbox.Ec2;

/// <summary>An Elastic IP. Guarded by the store's lock.</summary>
internal sealed class ElasticAddress
{
    /// <summary>The address.</summary>
    public required string PublicIp { get; init; }

    /// <summary>Its id, <c>eipalloc-…</c>.</summary>
    public required string AllocationId { get; init; }

    /// <summary>The local group of zones that it can be used in only, or null for the region: the sandbox is one, by whatever name it is asked.</summary>
    public string? LocalBorderGroup { get; init; }

    /// <summary>The association's id, <c>eipassoc-…</c>, or null.</summary>
    public string? AssociationId { get; set; }

    /// <summary>The instance it is associated with, or null.</summary>
    public Instance? Instance { get; set; }

    /// <summary>The network interface of that instance, or null.</summary>
    public (string Id, string PrivateIp)? Interface { get; set; }

    /// <summary>The former association, which listings still show until <see cref="ChangedAt"/> is a moment ago.</summary>
    public (string? AssociationId, Instance? Instance, (string Id, string PrivateIp)? Interface) Former { get; set; }

    /// <summary>When an association call changed it (UTC).</summary>
    public DateTimeOffset ChangedAt { get; set; }

    /// <summary>Its tags.</summary>
    public Dictionary<string, string> Tags { get; init; } = new(StringComparer.Ordinal);
}
