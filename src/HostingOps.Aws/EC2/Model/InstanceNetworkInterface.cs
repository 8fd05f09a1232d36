namespace Amazon.EC2.Model;

/// <summary>A network interface of an instance.</summary>
public sealed class InstanceNetworkInterface
{
    /// <summary>The association.</summary>
    public InstanceNetworkInterfaceAssociation? Association { get; set; }

    /// <summary>The attachment.</summary>
    public InstanceNetworkInterfaceAttachment? Attachment { get; set; }

    /// <summary>The description.</summary>
    public string? Description { get; set; }

    /// <summary>The groups, or null when there are none.</summary>
    public List<GroupIdentifier>? Groups { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    /// <summary>The interface type.</summary>
    public string? InterfaceType { get; set; }

    /// <summary>The ipv6 addresses, or null when there are none.</summary>
    public List<InstanceIpv6Address>? Ipv6Addresses { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    /// <summary>The mac address.</summary>
    public string? MacAddress { get; set; }

    /// <summary>The network interface id.</summary>
    public string? NetworkInterfaceId { get; set; }

    /// <summary>The owner id.</summary>
    public string? OwnerId { get; set; }

    /// <summary>The private DNS name.</summary>
    public string? PrivateDnsName { get; set; }

    /// <summary>The private IP address.</summary>
    public string? PrivateIpAddress { get; set; }

    /// <summary>The private IP addresses, or null when there are none.</summary>
    public List<InstancePrivateIpAddress>? PrivateIpAddresses { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    /// <summary>Whether source dest check is on.</summary>
    public bool? SourceDestCheck { get; set; }

    /// <summary>The status.</summary>
    public NetworkInterfaceStatus? Status { get; set; }

    /// <summary>The subnet id.</summary>
    public string? SubnetId { get; set; }

    /// <summary>The VPC id.</summary>
    public string? VpcId { get; set; }
}
