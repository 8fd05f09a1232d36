namespace HostingOps.Sandbox.Ec2;

/// <summary>An Elastic IP. Guarded by the store's lock.</summary>
internal sealed class ElasticAddress
{
    /// <summary>The address.</summary>
    public required string PublicIp { get; init; }

    /// <summary>Its id, <c>eipalloc-…</c>.</summary>
    public required string AllocationId { get; init; }

    /// <summary>The association's id, <c>eipassoc-…</c>, or null.</summary>
    public string? AssociationId { get; set; }

    /// <summary>The instance it is associated with, or null.</summary>
    public Instance? Instance { get; set; }

    /// <summary>Its tags.</summary>
    public Dictionary<string, string> Tags { get; init; } = new(StringComparer.Ordinal);
}
