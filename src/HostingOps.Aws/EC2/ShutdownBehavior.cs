using Amazon.Runtime;

namespace Amazon.EC2;

/// <summary>What a shutdown from inside an instance does.</summary>
public sealed class ShutdownBehavior : ConstantClass
{
    /// <summary>stop</summary>
    public static readonly ShutdownBehavior Stop = new("stop");

    /// <summary>terminate</summary>
    public static readonly ShutdownBehavior Terminate = new("terminate");

    /// <summary>Takes any text, so that a value newer than this list still passes through.</summary>
    public ShutdownBehavior(string value)
        : base(value)
    {
    }

    /// <summary>The known constant of that value, or a new one.</summary>
    public static ShutdownBehavior FindValue(string value) => FindValue<ShutdownBehavior>(value);

    /// <summary>Lets a text stand for the constant.</summary>
    public static implicit operator ShutdownBehavior(string value) => FindValue(value);
}
