namespace Amazon.EC2.Model;

/// <summary>An instance.</summary>
public sealed class Instance
{
    /// <summary>The ami launch index.</summary>
    public int? AmiLaunchIndex { get; set; }

    /// <summary>The architecture.</summary>
    public ArchitectureValues? Architecture { get; set; }

    /// <summary>Up to 64 ASCII characters that make a repeated launch harmless.</summary>
    public string? ClientToken { get; set; }

    /// <summary>Whether EBS optimized is on.</summary>
    public bool? EbsOptimized { get; set; }

    /// <summary>The IAM instance profile.</summary>
    public IamInstanceProfile? IamInstanceProfile { get; set; }

    /// <summary>The image id.</summary>
    public string? ImageId { get; set; }

    /// <summary>The instance id.</summary>
    public string? InstanceId { get; set; }

    /// <summary>The instance type.</summary>
    public InstanceType? InstanceType { get; set; }

    /// <summary>The ipv6 address.</summary>
    public string? Ipv6Address { get; set; }

    /// <summary>The key name.</summary>
    public string? KeyName { get; set; }

    /// <summary>UTC.</summary>
    public DateTime? LaunchTime { get; set; }

    /// <summary>The network interfaces, or null when there are none.</summary>
    public List<InstanceNetworkInterface>? NetworkInterfaces { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    /// <summary>The placement.</summary>
    public Placement? Placement { get; set; }

    /// <summary>The private DNS name.</summary>
    public string? PrivateDnsName { get; set; }

    /// <summary>The private IP address.</summary>
    public string? PrivateIpAddress { get; set; }

    /// <summary>The public DNS name.</summary>
    public string? PublicDnsName { get; set; }

    /// <summary>The public IP address.</summary>
    public string? PublicIpAddress { get; set; }

    /// <summary>The root device name.</summary>
    public string? RootDeviceName { get; set; }

    /// <summary>The security groups, or null when there are none.</summary>
    public List<GroupIdentifier>? SecurityGroups { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    /// <summary>The state.</summary>
    public InstanceState? State { get; set; }

    /// <summary>The state reason.</summary>
    public StateReason? StateReason { get; set; }

    /// <summary>The state transition reason.</summary>
    public string? StateTransitionReason { get; set; }

    /// <summary>The subnet id.</summary>
    public string? SubnetId { get; set; }

    /// <summary>Key and value pairs.</summary>
    public List<Tag>? Tags { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    /// <summary>The VPC id.</summary>
    public string? VpcId { get; set; }
}
