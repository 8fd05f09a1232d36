using Amazon.Runtime;

namespace Amazon.EC2;

/// <summary>States of a network interface.</summary>
public sealed class NetworkInterfaceStatus : ConstantClass
{
    /// <summary>associated</summary>
    public static readonly NetworkInterfaceStatus Associated = new("associated");

    /// <summary>attaching</summary>
    public static readonly NetworkInterfaceStatus Attaching = new("attaching");

    /// <summary>available</summary>
    public static readonly NetworkInterfaceStatus Available = new("available");

    /// <summary>detaching</summary>
    public static readonly NetworkInterfaceStatus Detaching = new("detaching");

    /// <summary>in-use</summary>
    public static readonly NetworkInterfaceStatus InUse = new("in-use");

    /// <summary>Takes any text, so that a value newer than this list still passes through.</summary>
    public NetworkInterfaceStatus(string value)
        : base(value)
    {
    }

    /// <summary>The known constant of that value, or a new one.</summary>
    public static NetworkInterfaceStatus FindValue(string value) => FindValue<NetworkInterfaceStatus>(value);

    /// <summary>Lets a text stand for the constant.</summary>
    public static implicit operator NetworkInterfaceStatus(string value) => FindValue(value);
}
