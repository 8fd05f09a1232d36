using Amazon.Runtime;

namespace Amazon.EC2;

/// <summary>Whether an address is for a VPC.</summary>
public sealed class DomainType : ConstantClass
{
    /// <summary>standard</summary>
    public static readonly DomainType Standard = new("standard");

    /// <summary>vpc</summary>
    public static readonly DomainType Vpc = new("vpc");

    /// <summary>Takes any text, so that a value newer than this list still passes through.</summary>
    public DomainType(string value)
        : base(value)
    {
    }

    /// <summary>The known constant of that value, or a new one.</summary>
    public static DomainType FindValue(string value) => FindValue<DomainType>(value);

    /// <summary>Lets a text stand for the constant.</summary>
    public static implicit operator DomainType(string value) => FindValue(value);
}
