namespace HostingOps;

/// <summary>What an Elastic IP is associated with at a moment.</summary>
/// <param name="AssociationId">The association, <c>eipassoc-…</c>, or null for none.</param>
/// <param name="InstanceId">The instance, or null.</param>
/// <param name="NetworkInterfaceId">The network interface, or null.</param>
/// <param name="PrivateIpAddress">The private address, or null.</param>
public sealed record ElasticIpAssociation(string? AssociationId, string? InstanceId, string? NetworkInterfaceId, string? PrivateIpAddress)
{
    /// <summary>Whether there is one.</summary>
    public bool Exists => AssociationId is not null;

    /// <inheritdoc/>
    public override string ToString() => !Exists ? "nothing" : InstanceId ?? NetworkInterfaceId ?? AssociationId!;
}
