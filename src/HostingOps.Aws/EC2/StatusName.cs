using Amazon.Runtime;

namespace Amazon.EC2;

/// <summary>Names of status checks.</summary>
public sealed class StatusName : ConstantClass
{
    /// <summary>reachability</summary>
    public static readonly StatusName Reachability = new("reachability");

    /// <summary>Takes any text, so that a value newer than this list still passes through.</summary>
    public StatusName(string value)
        : base(value)
    {
    }

    /// <summary>The known constant of that value, or a new one.</summary>
    public static StatusName FindValue(string value) => FindValue<StatusName>(value);

    /// <summary>Lets a text stand for the constant.</summary>
    public static implicit operator StatusName(string value) => FindValue(value);
}
