using Amazon.Runtime;

namespace Amazon.EC2.Model;

/// <summary>What DescribeImages answers.</summary>
public sealed class DescribeImagesResponse : AmazonWebServiceResponse
{
    /// <summary>The images, or null when there are none.</summary>
    public List<Image>? Images { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    /// <summary>Where the next page starts; null on the last.</summary>
    public string? NextToken { get; set; }
}
