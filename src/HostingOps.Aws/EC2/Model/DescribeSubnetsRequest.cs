namespace Amazon.EC2.Model;

/// <summary>What DescribeSubnets is asked.</summary>
public sealed class DescribeSubnetsRequest : AmazonEC2Request
{
    /// <summary>Only asks whether it would be allowed: the answer is then the error DryRunOperation.</summary>
    public bool? DryRun { get; set; }

    /// <summary>Narrows the listing.</summary>
    public List<Filter>? Filters { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    /// <summary>How many at most on a page.</summary>
    public int? MaxResults { get; set; }

    /// <summary>The page's token, or null for the first.</summary>
    public string? NextToken { get; set; }

    /// <summary>The subnet ids, or null when there are none.</summary>
    public List<string>? SubnetIds { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}
