namespace Amazon.EC2.Model;

/// <summary>What DescribeImages is asked.</summary>
public sealed class DescribeImagesRequest : AmazonEC2Request
{
    /// <summary>Only asks whether it would be allowed: the answer is then the error DryRunOperation.</summary>
    public bool? DryRun { get; set; }

    /// <summary>The executable users, or null when there are none.</summary>
    public List<string>? ExecutableUsers { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    /// <summary>Narrows the listing.</summary>
    public List<Filter>? Filters { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    /// <summary>The image ids, or null when there are none.</summary>
    public List<string>? ImageIds { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    /// <summary>Whether include deprecated is on.</summary>
    public bool? IncludeDeprecated { get; set; }

    /// <summary>Whether include disabled is on.</summary>
    public bool? IncludeDisabled { get; set; }

    /// <summary>Most items per page.</summary>
    public int? MaxResults { get; set; }

    /// <summary>Where the next page starts; null on the last.</summary>
    public string? NextToken { get; set; }

    /// <summary>The owners, or null when there are none.</summary>
    public List<string>? Owners { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}
