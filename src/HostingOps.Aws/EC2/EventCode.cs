using Amazon.Runtime;

namespace Amazon.EC2;

/// <summary>Kinds of scheduled events.</summary>
public sealed class EventCode : ConstantClass
{
    /// <summary>instance-reboot</summary>
    public static readonly EventCode InstanceReboot = new("instance-reboot");

    /// <summary>instance-retirement</summary>
    public static readonly EventCode InstanceRetirement = new("instance-retirement");

    /// <summary>instance-stop</summary>
    public static readonly EventCode InstanceStop = new("instance-stop");

    /// <summary>system-maintenance</summary>
    public static readonly EventCode SystemMaintenance = new("system-maintenance");

    /// <summary>system-reboot</summary>
    public static readonly EventCode SystemReboot = new("system-reboot");

    /// <summary>Takes any text, so that a value newer than this list still passes through.</summary>
    public EventCode(string value)
        : base(value)
    {
    }

    /// <summary>The known constant of that value, or a new one.</summary>
    public static EventCode FindValue(string value) => FindValue<EventCode>(value);

    /// <summary>Lets a text stand for the constant.</summary>
    public static implicit operator EventCode(string value) => FindValue(value);
}
