namespace Amazon.EC2.Model;

/// <summary>A network interface to make or attach at launch.</summary>
public sealed class InstanceNetworkInterfaceSpecification
{
    /// <summary>Whether associate public IP address is on.</summary>
    public bool? AssociatePublicIpAddress { get; set; }

    /// <summary>Whether delete on termination is on.</summary>
    public bool? DeleteOnTermination { get; set; }

    /// <summary>The description.</summary>
    public string? Description { get; set; }

    /// <summary>The device index.</summary>
    public int? DeviceIndex { get; set; }

    /// <summary>The groups, or null when there are none.</summary>
    public List<string>? Groups { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    /// <summary>The ipv6 address count.</summary>
    public int? Ipv6AddressCount { get; set; }

    /// <summary>The network interface id.</summary>
    public string? NetworkInterfaceId { get; set; }

    /// <summary>The private IP address.</summary>
    public string? PrivateIpAddress { get; set; }

    /// <summary>The subnet id.</summary>
    public string? SubnetId { get; set; }
}
