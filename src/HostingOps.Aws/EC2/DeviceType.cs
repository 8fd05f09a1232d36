using Amazon.Runtime;

namespace Amazon.EC2;

/// <summary>Kinds of root devices.</summary>
public sealed class DeviceType : ConstantClass
{
    /// <summary>ebs</summary>
    public static readonly DeviceType Ebs = new("ebs");

    /// <summary>instance-store</summary>
    public static readonly DeviceType InstanceStore = new("instance-store");

    /// <summary>Takes any text, so that a value newer than this list still passes through.</summary>
    public DeviceType(string value)
        : base(value)
    {
    }

    /// <summary>The known constant of that value, or a new one.</summary>
    public static DeviceType FindValue(string value) => FindValue<DeviceType>(value);

    /// <summary>Lets a text stand for the constant.</summary>
    public static implicit operator DeviceType(string value) => FindValue(value);
}
