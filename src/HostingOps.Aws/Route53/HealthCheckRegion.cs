using Amazon.Runtime;

namespace Amazon.Route53;

/// <summary>Regions that checkers run in.</summary>
public sealed class HealthCheckRegion : ConstantClass
{
    /// <summary>ap-northeast-1</summary>
    public static readonly HealthCheckRegion ApNortheast1 = new("ap-northeast-1");

    /// <summary>ap-southeast-1</summary>
    public static readonly HealthCheckRegion ApSoutheast1 = new("ap-southeast-1");

    /// <summary>ap-southeast-2</summary>
    public static readonly HealthCheckRegion ApSoutheast2 = new("ap-southeast-2");

    /// <summary>eu-west-1</summary>
    public static readonly HealthCheckRegion EuWest1 = new("eu-west-1");

    /// <summary>sa-east-1</summary>
    public static readonly HealthCheckRegion SaEast1 = new("sa-east-1");

    /// <summary>us-east-1</summary>
    public static readonly HealthCheckRegion UsEast1 = new("us-east-1");

    /// <summary>us-west-1</summary>
    public static readonly HealthCheckRegion UsWest1 = new("us-west-1");

    /// <summary>us-west-2</summary>
    public static readonly HealthCheckRegion UsWest2 = new("us-west-2");

    /// <summary>Takes any text, so that a value newer than this list still passes through.</summary>
    public HealthCheckRegion(string value)
        : base(value)
    {
    }

    /// <summary>The known constant of that value, or a new one.</summary>
    public static HealthCheckRegion FindValue(string value) => FindValue<HealthCheckRegion>(value);

    /// <summary>Lets a text stand for the constant.</summary>
    public static implicit operator HealthCheckRegion(string value) => FindValue(value);
}
