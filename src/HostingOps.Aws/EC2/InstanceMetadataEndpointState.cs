using Amazon.Runtime;

namespace Amazon.EC2;

/// <summary>Whether the metadata service answers.</summary>
public sealed class InstanceMetadataEndpointState : ConstantClass
{
    /// <summary>disabled</summary>
    public static readonly InstanceMetadataEndpointState Disabled = new("disabled");

    /// <summary>enabled</summary>
    public static readonly InstanceMetadataEndpointState Enabled = new("enabled");

    /// <summary>Takes any text, so that a value newer than this list still passes through.</summary>
    public InstanceMetadataEndpointState(string value)
        : base(value)
    {
    }

    /// <summary>The known constant of that value, or a new one.</summary>
    public static InstanceMetadataEndpointState FindValue(string value) => FindValue<InstanceMetadataEndpointState>(value);

    /// <summary>Lets a text stand for the constant.</summary>
    public static implicit operator InstanceMetadataEndpointState(string value) => FindValue(value);
}
