namespace Amazon.EC2.Model;

/// <summary>What DescribeInstances is asked.</summary>
public sealed class DescribeInstancesRequest : AmazonEC2Request
{
    /// <summary>Only asks whether it would be allowed: the answer is then the error DryRunOperation.</summary>
    public bool? DryRun { get; set; }

    /// <summary>Narrows the listing.</summary>
    public List<Filter>? Filters { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    /// <summary>The instance ids, or null when there are none.</summary>
    public List<string>? InstanceIds { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    /// <summary>Most items per page.</summary>
    public int? MaxResults { get; set; }

    /// <summary>Where the next page starts; null on the last.</summary>
    public string? NextToken { get; set; }
}
