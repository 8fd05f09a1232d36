using Amazon.Runtime;

namespace Amazon.EC2.Model;

/// <summary>What DescribeSubnets answers.</summary>
public sealed class DescribeSubnetsResponse : AmazonWebServiceResponse
{
    /// <summary>The next page's token, or null when this is the last.</summary>
    public string? NextToken { get; set; }

    /// <summary>The subnets, or null when there are none.</summary>
    public List<Subnet>? Subnets { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}
