using Amazon.Runtime;

namespace Amazon.EC2;

/// <summary>Kinds of images.</summary>
public sealed class ImageTypeValues : ConstantClass
{
    /// <summary>kernel</summary>
    public static readonly ImageTypeValues Kernel = new("kernel");

    /// <summary>machine</summary>
    public static readonly ImageTypeValues Machine = new("machine");

    /// <summary>ramdisk</summary>
    public static readonly ImageTypeValues Ramdisk = new("ramdisk");

    /// <summary>Takes any text, so that a value newer than this list still passes through.</summary>
    public ImageTypeValues(string value)
        : base(value)
    {
    }

    /// <summary>The known constant of that value, or a new one.</summary>
    public static ImageTypeValues FindValue(string value) => FindValue<ImageTypeValues>(value);

    /// <summary>Lets a text stand for the constant.</summary>
    public static implicit operator ImageTypeValues(string value) => FindValue(value);
}
