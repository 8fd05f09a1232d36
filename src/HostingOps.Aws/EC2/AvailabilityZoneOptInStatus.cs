using Amazon.Runtime;

namespace Amazon.EC2;

/// <summary>Whether the account has opted in to a zone.</summary>
public sealed class AvailabilityZoneOptInStatus : ConstantClass
{
    /// <summary>not-opted-in</summary>
    public static readonly AvailabilityZoneOptInStatus NotOptedIn = new("not-opted-in");

    /// <summary>opt-in-not-required</summary>
    public static readonly AvailabilityZoneOptInStatus OptInNotRequired = new("opt-in-not-required");

    /// <summary>opted-in</summary>
    public static readonly AvailabilityZoneOptInStatus OptedIn = new("opted-in");

    /// <summary>Takes any text, so that a value newer than this list still passes through.</summary>
    public AvailabilityZoneOptInStatus(string value)
        : base(value)
    {
    }

    /// <summary>The known constant of that value, or a new one.</summary>
    public static AvailabilityZoneOptInStatus FindValue(string value) => FindValue<AvailabilityZoneOptInStatus>(value);

    /// <summary>Lets a text stand for the constant.</summary>
    public static implicit operator AvailabilityZoneOptInStatus(string value) => FindValue(value);
}
