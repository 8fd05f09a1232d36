using Amazon.Runtime;

namespace Amazon.Route53;

/// <summary>The role of a failover record.</summary>
public sealed class ResourceRecordSetFailover : ConstantClass
{
    /// <summary>PRIMARY</summary>
    public static readonly ResourceRecordSetFailover PRIMARY = new("PRIMARY");

    /// <summary>SECONDARY</summary>
    public static readonly ResourceRecordSetFailover SECONDARY = new("SECONDARY");

    /// <summary>Takes any text, so that a value newer than this list still passes through.</summary>
    public ResourceRecordSetFailover(string value)
        : base(value)
    {
    }

    /// <summary>The known constant of that value, or a new one.</summary>
    public static ResourceRecordSetFailover FindValue(string value) => FindValue<ResourceRecordSetFailover>(value);

    /// <summary>Lets a text stand for the constant.</summary>
    public static implicit operator ResourceRecordSetFailover(string value) => FindValue(value);
}
