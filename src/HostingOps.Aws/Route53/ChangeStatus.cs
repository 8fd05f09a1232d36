using Amazon.Runtime;

namespace Amazon.Route53;

/// <summary>PENDING until all authoritative servers have the change, then INSYNC.</summary>
public sealed class ChangeStatus : ConstantClass
{
    /// <summary>INSYNC</summary>
    public static readonly ChangeStatus INSYNC = new("INSYNC");

    /// <summary>PENDING</summary>
    public static readonly ChangeStatus PENDING = new("PENDING");

    /// <summary>Takes any text, so that a value newer than this list still passes through.</summary>
    public ChangeStatus(string value)
        : base(value)
    {
    }

    /// <summary>The known constant of that value, or a new one.</summary>
    public static ChangeStatus FindValue(string value) => FindValue<ChangeStatus>(value);

    /// <summary>Lets a text stand for the constant.</summary>
    public static implicit operator ChangeStatus(string value) => FindValue(value);
}
