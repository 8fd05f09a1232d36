using Amazon.Runtime;

namespace Amazon.Route53;

/// <summary>How far accelerated recovery of a hosted zone has got.</summary>
public sealed class AcceleratedRecoveryStatus : ConstantClass
{
    /// <summary>DISABLED</summary>
    public static readonly AcceleratedRecoveryStatus DISABLED = new("DISABLED");

    /// <summary>DISABLE_FAILED</summary>
    public static readonly AcceleratedRecoveryStatus DISABLE_FAILED = new("DISABLE_FAILED");

    /// <summary>DISABLING</summary>
    public static readonly AcceleratedRecoveryStatus DISABLING = new("DISABLING");

    /// <summary>DISABLING_HOSTED_ZONE_LOCKED</summary>
    public static readonly AcceleratedRecoveryStatus DISABLING_HOSTED_ZONE_LOCKED = new("DISABLING_HOSTED_ZONE_LOCKED");

    /// <summary>ENABLED</summary>
    public static readonly AcceleratedRecoveryStatus ENABLED = new("ENABLED");

    /// <summary>ENABLE_FAILED</summary>
    public static readonly AcceleratedRecoveryStatus ENABLE_FAILED = new("ENABLE_FAILED");

    /// <summary>ENABLING</summary>
    public static readonly AcceleratedRecoveryStatus ENABLING = new("ENABLING");

    /// <summary>ENABLING_HOSTED_ZONE_LOCKED</summary>
    public static readonly AcceleratedRecoveryStatus ENABLING_HOSTED_ZONE_LOCKED = new("ENABLING_HOSTED_ZONE_LOCKED");

    /// <summary>Takes any text, so that a value newer than this list still passes through.</summary>
    public AcceleratedRecoveryStatus(string value)
        : base(value)
    {
    }

    /// <summary>The known constant of that value, or a new one.</summary>
    public static AcceleratedRecoveryStatus FindValue(string value) => FindValue<AcceleratedRecoveryStatus>(value);

    /// <summary>Lets a text stand for the constant.</summary>
    public static implicit operator AcceleratedRecoveryStatus(string value) => FindValue(value);
}
