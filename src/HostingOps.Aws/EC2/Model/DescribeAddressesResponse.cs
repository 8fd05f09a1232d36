using Amazon.Runtime;

namespace Amazon.EC2.Model;

/// <summary>What DescribeAddresses answers.</summary>
public sealed class DescribeAddressesResponse : AmazonWebServiceResponse
{
    /// <summary>The addresses, or null when there are none.</summary>
    public List<Address>? Addresses { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}
