using Amazon.Runtime;

namespace Amazon.EC2.Model;

/// <summary>What DescribeInstanceStatus answers.</summary>
public sealed class DescribeInstanceStatusResponse : AmazonWebServiceResponse
{
    /// <summary>The instance statuses, or null when there are none.</summary>
    public List<InstanceStatus>? InstanceStatuses { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    /// <summary>Where the next page starts; null on the last.</summary>
    public string? NextToken { get; set; }
}
