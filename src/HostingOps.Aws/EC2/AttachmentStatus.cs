using Amazon.Runtime;

namespace Amazon.EC2;

/// <summary>States of an attachment.</summary>
public sealed class AttachmentStatus : ConstantClass
{
    /// <summary>attached</summary>
    public static readonly AttachmentStatus Attached = new("attached");

    /// <summary>attaching</summary>
    public static readonly AttachmentStatus Attaching = new("attaching");

    /// <summary>detached</summary>
    public static readonly AttachmentStatus Detached = new("detached");

    /// <summary>detaching</summary>
    public static readonly AttachmentStatus Detaching = new("detaching");

    /// <summary>Takes any text, so that a value newer than this list still passes through.</summary>
    public AttachmentStatus(string value)
        : base(value)
    {
    }

    /// <summary>The known constant of that value, or a new one.</summary>
    public static AttachmentStatus FindValue(string value) => FindValue<AttachmentStatus>(value);

    /// <summary>Lets a text stand for the constant.</summary>
    public static implicit operator AttachmentStatus(string value) => FindValue(value);
}
