namespace Amazon.EC2.Model;

/// <summary>What DescribeAddresses is asked.</summary>
public sealed class DescribeAddressesRequest : AmazonEC2Request
{
    /// <summary>The allocation ids, or null when there are none.</summary>
    public List<string>? AllocationIds { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    /// <summary>Only asks whether it would be allowed: the answer is then the error DryRunOperation.</summary>
    public bool? DryRun { get; set; }

    /// <summary>Narrows the listing.</summary>
    public List<Filter>? Filters { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    /// <summary>The public ips, or null when there are none.</summary>
    public List<string>? PublicIps { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}
