using Amazon.Runtime;

namespace Amazon.EC2;

/// <summary>Results of one status check.</summary>
public sealed class StatusType : ConstantClass
{
    /// <summary>failed</summary>
    public static readonly StatusType Failed = new("failed");

    /// <summary>initializing</summary>
    public static readonly StatusType Initializing = new("initializing");

    /// <summary>insufficient-data</summary>
    public static readonly StatusType InsufficientData = new("insufficient-data");

    /// <summary>passed</summary>
    public static readonly StatusType Passed = new("passed");

    /// <summary>Takes any text, so that a value newer than this list still passes through.</summary>
    public StatusType(string value)
        : base(value)
    {
    }

    /// <summary>The known constant of that value, or a new one.</summary>
    public static StatusType FindValue(string value) => FindValue<StatusType>(value);

    /// <summary>Lets a text stand for the constant.</summary>
    public static implicit operator StatusType(string value) => FindValue(value);
}
