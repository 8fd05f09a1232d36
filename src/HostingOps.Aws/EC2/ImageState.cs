using Amazon.Runtime;

namespace Amazon.EC2;

/// <summary>States of an image.</summary>
public sealed class ImageState : ConstantClass
{
    /// <summary>available</summary>
    public static readonly ImageState Available = new("available");

    /// <summary>deregistered</summary>
    public static readonly ImageState Deregistered = new("deregistered");

    /// <summary>disabled</summary>
    public static readonly ImageState Disabled = new("disabled");

    /// <summary>error</summary>
    public static readonly ImageState Error = new("error");

    /// <summary>failed</summary>
    public static readonly ImageState Failed = new("failed");

    /// <summary>invalid</summary>
    public static readonly ImageState Invalid = new("invalid");

    /// <summary>pending</summary>
    public static readonly ImageState Pending = new("pending");

    /// <summary>transient</summary>
    public static readonly ImageState Transient = new("transient");

    /// <summary>Takes any text, so that a value newer than this list still passes through.</summary>
    public ImageState(string value)
        : base(value)
    {
    }

    /// <summary>The known constant of that value, or a new one.</summary>
    public static ImageState FindValue(string value) => FindValue<ImageState>(value);

    /// <summary>Lets a text stand for the constant.</summary>
    public static implicit operator ImageState(string value) => FindValue(value);
}
