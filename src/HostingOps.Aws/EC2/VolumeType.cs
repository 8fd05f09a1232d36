using Amazon.Runtime;

namespace Amazon.EC2;

/// <summary>Types of EBS volumes.</summary>
public sealed class VolumeType : ConstantClass
{
    /// <summary>gp2</summary>
    public static readonly VolumeType Gp2 = new("gp2");

    /// <summary>gp3</summary>
    public static readonly VolumeType Gp3 = new("gp3");

    /// <summary>io1</summary>
    public static readonly VolumeType Io1 = new("io1");

    /// <summary>io2</summary>
    public static readonly VolumeType Io2 = new("io2");

    /// <summary>sc1</summary>
    public static readonly VolumeType Sc1 = new("sc1");

    /// <summary>st1</summary>
    public static readonly VolumeType St1 = new("st1");

    /// <summary>standard</summary>
    public static readonly VolumeType Standard = new("standard");

    /// <summary>Takes any text, so that a value newer than this list still passes through.</summary>
    public VolumeType(string value)
        : base(value)
    {
    }

    /// <summary>The known constant of that value, or a new one.</summary>
    public static VolumeType FindValue(string value) => FindValue<VolumeType>(value);

    /// <summary>Lets a text stand for the constant.</summary>
    public static implicit operator VolumeType(string value) => FindValue(value);
}
