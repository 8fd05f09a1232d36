using Amazon.Runtime;

namespace Amazon.EC2;

/// <summary>Kinds of resources that tags go on; only those used here are named, and any text passes.</summary>
public sealed class ResourceType : ConstantClass
{
    /// <summary>elastic-ip</summary>
    public static readonly ResourceType ElasticIp = new("elastic-ip");

    /// <summary>instance</summary>
    public static readonly ResourceType Instance = new("instance");

    /// <summary>network-interface</summary>
    public static readonly ResourceType NetworkInterface = new("network-interface");

    /// <summary>volume</summary>
    public static readonly ResourceType Volume = new("volume");

    /// <summary>Takes any text, so that a value newer than this list still passes through.</summary>
    public ResourceType(string value)
        : base(value)
    {
    }

    /// <summary>The known constant of that value, or a new one.</summary>
    public static ResourceType FindValue(string value) => FindValue<ResourceType>(value);

    /// <summary>Lets a text stand for the constant.</summary>
    public static implicit operator ResourceType(string value) => FindValue(value);
}
