namespace Amazon.EC2.Model;

/// <summary>An Elastic IP address and what it is associated with.</summary>
public sealed class Address
{
    /// <summary>The allocation id.</summary>
    public string? AllocationId { get; set; }

    /// <summary>The association id.</summary>
    public string? AssociationId { get; set; }

    /// <summary>The carrier ip.</summary>
    public string? CarrierIp { get; set; }

    /// <summary>The customer owned ip.</summary>
    public string? CustomerOwnedIp { get; set; }

    /// <summary>The customer owned ipv4 pool.</summary>
    public string? CustomerOwnedIpv4Pool { get; set; }

    /// <summary>The domain.</summary>
    public DomainType? Domain { get; set; }

    /// <summary>The instance id.</summary>
    public string? InstanceId { get; set; }

    /// <summary>The network border group.</summary>
    public string? NetworkBorderGroup { get; set; }

    /// <summary>The network interface id.</summary>
    public string? NetworkInterfaceId { get; set; }

    /// <summary>The network interface owner id.</summary>
    public string? NetworkInterfaceOwnerId { get; set; }

    /// <summary>The private IP address.</summary>
    public string? PrivateIpAddress { get; set; }

    /// <summary>The public ip.</summary>
    public string? PublicIp { get; set; }

    /// <summary>The public ipv4 pool.</summary>
    public string? PublicIpv4Pool { get; set; }

    /// <summary>The service managed.</summary>
    public ServiceManaged? ServiceManaged { get; set; }

    /// <summary>The subnet id.</summary>
    public string? SubnetId { get; set; }

    /// <summary>Key and value pairs.</summary>
    public List<Tag>? Tags { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}
