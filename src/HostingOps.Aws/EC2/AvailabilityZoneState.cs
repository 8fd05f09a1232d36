using Amazon.Runtime;

namespace Amazon.EC2;

/// <summary>States of an availability zone.</summary>
public sealed class AvailabilityZoneState : ConstantClass
{
    /// <summary>available</summary>
    public static readonly AvailabilityZoneState Available = new("available");

    /// <summary>constrained</summary>
    public static readonly AvailabilityZoneState Constrained = new("constrained");

    /// <summary>impaired</summary>
    public static readonly AvailabilityZoneState Impaired = new("impaired");

    /// <summary>information</summary>
    public static readonly AvailabilityZoneState Information = new("information");

    /// <summary>unavailable</summary>
    public static readonly AvailabilityZoneState Unavailable = new("unavailable");

    /// <summary>Takes any text, so that a value newer than this list still passes through.</summary>
    public AvailabilityZoneState(string value)
        : base(value)
    {
    }

    /// <summary>The known constant of that value, or a new one.</summary>
    public static AvailabilityZoneState FindValue(string value) => FindValue<AvailabilityZoneState>(value);

    /// <summary>Lets a text stand for the constant.</summary>
    public static implicit operator AvailabilityZoneState(string value) => FindValue(value);
}
