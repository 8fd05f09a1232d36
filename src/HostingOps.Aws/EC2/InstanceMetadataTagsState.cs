using Amazon.Runtime;

namespace Amazon.EC2;

/// <summary>Whether the metadata service tells tags.</summary>
public sealed class InstanceMetadataTagsState : ConstantClass
{
    /// <summary>disabled</summary>
    public static readonly InstanceMetadataTagsState Disabled = new("disabled");

    /// <summary>enabled</summary>
    public static readonly InstanceMetadataTagsState Enabled = new("enabled");

    /// <summary>Takes any text, so that a value newer than this list still passes through.</summary>
    public InstanceMetadataTagsState(string value)
        : base(value)
    {
    }

    /// <summary>The known constant of that value, or a new one.</summary>
    public static InstanceMetadataTagsState FindValue(string value) => FindValue<InstanceMetadataTagsState>(value);

    /// <summary>Lets a text stand for the constant.</summary>
    public static implicit operator InstanceMetadataTagsState(string value) => FindValue(value);
}
