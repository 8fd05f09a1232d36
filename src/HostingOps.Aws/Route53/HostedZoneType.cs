using Amazon.Runtime;

namespace Amazon.Route53;

/// <summary>Kinds of hosted zones to list.</summary>
public sealed class HostedZoneType : ConstantClass
{
    /// <summary>PrivateHostedZone</summary>
    public static readonly HostedZoneType PrivateHostedZone = new("PrivateHostedZone");

    /// <summary>Takes any text, so that a value newer than this list still passes through.</summary>
    public HostedZoneType(string value)
        : base(value)
    {
    }

    /// <summary>The known constant of that value, or a new one.</summary>
    public static HostedZoneType FindValue(string value) => FindValue<HostedZoneType>(value);

    /// <summary>Lets a text stand for the constant.</summary>
    public static implicit operator HostedZoneType(string value) => FindValue(value);
}
