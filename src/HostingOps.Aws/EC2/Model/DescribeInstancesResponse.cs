using Amazon.Runtime;

namespace Amazon.EC2.Model;

/// <summary>What DescribeInstances answers.</summary>
public sealed class DescribeInstancesResponse : AmazonWebServiceResponse
{
    /// <summary>Where the next page starts; null on the last.</summary>
    public string? NextToken { get; set; }

    /// <summary>The reservations, or null when there are none.</summary>
    public List<Reservation>? Reservations { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}
