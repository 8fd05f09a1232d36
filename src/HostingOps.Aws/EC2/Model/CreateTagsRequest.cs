namespace Amazon.EC2.Model;

/// <summary>What CreateTags is asked.</summary>
public sealed class CreateTagsRequest : AmazonEC2Request
{
    /// <summary>Creates it empty.</summary>
    public CreateTagsRequest()
    {
    }

    /// <summary>Creates it with these members.</summary>
    public CreateTagsRequest(List<string> resources, List<Tag> tags)
    {
        Resources = resources;
        Tags = tags;
    }

    /// <summary>Only asks whether it would be allowed: the answer is then the error DryRunOperation.</summary>
    public bool? DryRun { get; set; }

    /// <summary>The resources, or null when there are none.</summary>
    public List<string>? Resources { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    /// <summary>Key and value pairs.</summary>
    public List<Tag>? Tags { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}
