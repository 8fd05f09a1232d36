using Amazon.Runtime;

namespace Amazon.EC2;

/// <summary>States of an instance. Running is not serving yet.</summary>
public sealed class InstanceStateName : ConstantClass
{
    /// <summary>pending</summary>
    public static readonly InstanceStateName Pending = new("pending");

    /// <summary>running</summary>
    public static readonly InstanceStateName Running = new("running");

    /// <summary>shutting-down</summary>
    public static readonly InstanceStateName ShuttingDown = new("shutting-down");

    /// <summary>stopped</summary>
    public static readonly InstanceStateName Stopped = new("stopped");

    /// <summary>stopping</summary>
    public static readonly InstanceStateName Stopping = new("stopping");

    /// <summary>terminated</summary>
    public static readonly InstanceStateName Terminated = new("terminated");

    /// <summary>Takes any text, so that a value newer than this list still passes through.</summary>
    public InstanceStateName(string value)
        : base(value)
    {
    }

    /// <summary>The known constant of that value, or a new one.</summary>
    public static InstanceStateName FindValue(string value) => FindValue<InstanceStateName>(value);

    /// <summary>Lets a text stand for the constant.</summary>
    public static implicit operator InstanceStateName(string value) => FindValue(value);
}
