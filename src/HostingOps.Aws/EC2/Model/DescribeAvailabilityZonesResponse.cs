using Amazon.Runtime;

namespace Amazon.EC2.Model;

/// <summary>What DescribeAvailabilityZones answers.</summary>
public sealed class DescribeAvailabilityZonesResponse : AmazonWebServiceResponse
{
    /// <summary>The availability zones, or null when there are none.</summary>
    public List<AvailabilityZone>? AvailabilityZones { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}
