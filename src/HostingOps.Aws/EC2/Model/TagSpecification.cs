namespace Amazon.EC2.Model;

/// <summary>Tags for what a launch makes.</summary>
public sealed class TagSpecification
{
    /// <summary>The resource type.</summary>
    public ResourceType? ResourceType { get; set; }

    /// <summary>Key and value pairs.</summary>
    public List<Tag>? Tags { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}
