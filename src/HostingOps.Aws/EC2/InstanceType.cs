using Amazon.Runtime;

namespace Amazon.EC2;

/// <summary>Instance types; only small ones are named here, and any text passes.</summary>
public sealed class InstanceType : ConstantClass
{
    /// <summary>t3.medium</summary>
    public static readonly InstanceType T3Medium = new("t3.medium");

    /// <summary>t3.micro</summary>
    public static readonly InstanceType T3Micro = new("t3.micro");

    /// <summary>t3.nano</summary>
    public static readonly InstanceType T3Nano = new("t3.nano");

    /// <summary>t3.small</summary>
    public static readonly InstanceType T3Small = new("t3.small");

    /// <summary>t3a.micro</summary>
    public static readonly InstanceType T3aMicro = new("t3a.micro");

    /// <summary>t3a.nano</summary>
    public static readonly InstanceType T3aNano = new("t3a.nano");

    /// <summary>t4g.micro</summary>
    public static readonly InstanceType T4gMicro = new("t4g.micro");

    /// <summary>t4g.nano</summary>
    public static readonly InstanceType T4gNano = new("t4g.nano");

    /// <summary>t4g.small</summary>
    public static readonly InstanceType T4gSmall = new("t4g.small");

    /// <summary>Takes any text, so that a value newer than this list still passes through.</summary>
    public InstanceType(string value)
        : base(value)
    {
    }

    /// <summary>The known constant of that value, or a new one.</summary>
    public static InstanceType FindValue(string value) => FindValue<InstanceType>(value);

    /// <summary>Lets a text stand for the constant.</summary>
    public static implicit operator InstanceType(string value) => FindValue(value);
}
