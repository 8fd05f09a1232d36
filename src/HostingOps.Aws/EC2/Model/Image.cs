namespace Amazon.EC2.Model;

/// <summary>A machine image.</summary>
public sealed class Image
{
    /// <summary>The architecture.</summary>
    public ArchitectureValues? Architecture { get; set; }

    /// <summary>The block device mappings, or null when there are none.</summary>
    public List<BlockDeviceMapping>? BlockDeviceMappings { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    /// <summary>The creation date.</summary>
    public string? CreationDate { get; set; }

    /// <summary>The deprecation time.</summary>
    public string? DeprecationTime { get; set; }

    /// <summary>The description.</summary>
    public string? Description { get; set; }

    /// <summary>Whether ena support is on.</summary>
    public bool? EnaSupport { get; set; }

    /// <summary>The image id.</summary>
    public string? ImageId { get; set; }

    /// <summary>The image location.</summary>
    public string? ImageLocation { get; set; }

    /// <summary>The image owner alias.</summary>
    public string? ImageOwnerAlias { get; set; }

    /// <summary>The image type.</summary>
    public ImageTypeValues? ImageType { get; set; }

    /// <summary>The name.</summary>
    public string? Name { get; set; }

    /// <summary>The owner id.</summary>
    public string? OwnerId { get; set; }

    /// <summary>The platform details.</summary>
    public string? PlatformDetails { get; set; }

    /// <summary>Anybody may launch it.</summary>
    public bool? Public { get; set; }

    /// <summary>The root device name.</summary>
    public string? RootDeviceName { get; set; }

    /// <summary>The root device type.</summary>
    public DeviceType? RootDeviceType { get; set; }

    /// <summary>The state.</summary>
    public ImageState? State { get; set; }

    /// <summary>The state reason.</summary>
    public StateReason? StateReason { get; set; }

    /// <summary>Key and value pairs.</summary>
    public List<Tag>? Tags { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}
