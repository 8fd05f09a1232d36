using Amazon.Runtime;

namespace Amazon.EC2;

/// <summary>Whether the metadata service answers over IPv6.</summary>
public sealed class InstanceMetadataProtocolState : ConstantClass
{
    /// <summary>disabled</summary>
    public static readonly InstanceMetadataProtocolState Disabled = new("disabled");

    /// <summary>enabled</summary>
    public static readonly InstanceMetadataProtocolState Enabled = new("enabled");

    /// <summary>Takes any text, so that a value newer than this list still passes through.</summary>
    public InstanceMetadataProtocolState(string value)
        : base(value)
    {
    }

    /// <summary>The known constant of that value, or a new one.</summary>
    public static InstanceMetadataProtocolState FindValue(string value) => FindValue<InstanceMetadataProtocolState>(value);

    /// <summary>Lets a text stand for the constant.</summary>
    public static implicit operator InstanceMetadataProtocolState(string value) => FindValue(value);
}
