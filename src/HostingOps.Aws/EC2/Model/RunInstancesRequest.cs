namespace Amazon.EC2.Model;

/// <summary>What RunInstances is asked.</summary>
public sealed class RunInstancesRequest : AmazonEC2Request
{
    /// <summary>Creates it empty.</summary>
    public RunInstancesRequest()
    {
    }

    /// <summary>Creates it with these members.</summary>
    public RunInstancesRequest(string imageId, int minCount, int maxCount)
    {
        ImageId = imageId;
        MinCount = minCount;
        MaxCount = maxCount;
    }

    /// <summary>The block device mappings, or null when there are none.</summary>
    public List<BlockDeviceMapping>? BlockDeviceMappings { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    /// <summary>Up to 64 ASCII characters that make a repeated launch harmless.</summary>
    public string? ClientToken { get; set; }

    /// <summary>The credit specification.</summary>
    public CreditSpecificationRequest? CreditSpecification { get; set; }

    /// <summary>Whether disable api termination is on.</summary>
    public bool? DisableApiTermination { get; set; }

    /// <summary>Only asks whether it would be allowed: the answer is then the error DryRunOperation.</summary>
    public bool? DryRun { get; set; }

    /// <summary>Whether EBS optimized is on.</summary>
    public bool? EbsOptimized { get; set; }

    /// <summary>The IAM instance profile.</summary>
    public IamInstanceProfileSpecification? IamInstanceProfile { get; set; }

    /// <summary>The image id.</summary>
    public string? ImageId { get; set; }

    /// <summary>The instance initiated shutdown behavior.</summary>
    public ShutdownBehavior? InstanceInitiatedShutdownBehavior { get; set; }

    /// <summary>The instance type.</summary>
    public InstanceType? InstanceType { get; set; }

    /// <summary>The ipv6 address count.</summary>
    public int? Ipv6AddressCount { get; set; }

    /// <summary>The key name.</summary>
    public string? KeyName { get; set; }

    /// <summary>The launch template.</summary>
    public LaunchTemplateSpecification? LaunchTemplate { get; set; }

    /// <summary>The max count.</summary>
    public int? MaxCount { get; set; }

    /// <summary>The metadata options.</summary>
    public InstanceMetadataOptionsRequest? MetadataOptions { get; set; }

    /// <summary>The min count.</summary>
    public int? MinCount { get; set; }

    /// <summary>Whether monitoring is on.</summary>
    public bool? Monitoring { get; set; }

    /// <summary>The network interfaces, or null when there are none.</summary>
    public List<InstanceNetworkInterfaceSpecification>? NetworkInterfaces { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    /// <summary>The placement.</summary>
    public Placement? Placement { get; set; }

    /// <summary>The private IP address.</summary>
    public string? PrivateIpAddress { get; set; }

    /// <summary>The security group ids, or null when there are none.</summary>
    public List<string>? SecurityGroupIds { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    /// <summary>The security groups, or null when there are none.</summary>
    public List<string>? SecurityGroups { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    /// <summary>The subnet id.</summary>
    public string? SubnetId { get; set; }

    /// <summary>The tag specifications, or null when there are none.</summary>
    public List<TagSpecification>? TagSpecifications { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    /// <summary>Base64 of what the instance runs at first boot.</summary>
    public string? UserData { get; set; }
}
