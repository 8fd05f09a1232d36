using Amazon.Runtime;

namespace Amazon.EC2;

/// <summary>Processor architectures.</summary>
public sealed class ArchitectureValues : ConstantClass
{
    /// <summary>arm64</summary>
    public static readonly ArchitectureValues Arm64 = new("arm64");

    /// <summary>arm64_mac</summary>
    public static readonly ArchitectureValues Arm64_mac = new("arm64_mac");

    /// <summary>i386</summary>
    public static readonly ArchitectureValues I386 = new("i386");

    /// <summary>x86_64</summary>
    public static readonly ArchitectureValues X86_64 = new("x86_64");

    /// <summary>x86_64_mac</summary>
    public static readonly ArchitectureValues X86_64_mac = new("x86_64_mac");

    /// <summary>Takes any text, so that a value newer than this list still passes through.</summary>
    public ArchitectureValues(string value)
        : base(value)
    {
    }

    /// <summary>The known constant of that value, or a new one.</summary>
    public static ArchitectureValues FindValue(string value) => FindValue<ArchitectureValues>(value);

    /// <summary>Lets a text stand for the constant.</summary>
    public static implicit operator ArchitectureValues(string value) => FindValue(value);
}
