using Amazon.Runtime;

namespace Amazon.Route53;

/// <summary>What a health check asks.</summary>
public sealed class HealthCheckType : ConstantClass
{
    /// <summary>CALCULATED</summary>
    public static readonly HealthCheckType CALCULATED = new("CALCULATED");

    /// <summary>CLOUDWATCH_METRIC</summary>
    public static readonly HealthCheckType CLOUDWATCH_METRIC = new("CLOUDWATCH_METRIC");

    /// <summary>HTTP</summary>
    public static readonly HealthCheckType HTTP = new("HTTP");

    /// <summary>HTTPS</summary>
    public static readonly HealthCheckType HTTPS = new("HTTPS");

    /// <summary>HTTPS_STR_MATCH</summary>
    public static readonly HealthCheckType HTTPS_STR_MATCH = new("HTTPS_STR_MATCH");

    /// <summary>HTTP_STR_MATCH</summary>
    public static readonly HealthCheckType HTTP_STR_MATCH = new("HTTP_STR_MATCH");

    /// <summary>RECOVERY_CONTROL</summary>
    public static readonly HealthCheckType RECOVERY_CONTROL = new("RECOVERY_CONTROL");

    /// <summary>TCP</summary>
    public static readonly HealthCheckType TCP = new("TCP");

    /// <summary>Takes any text, so that a value newer than this list still passes through.</summary>
    public HealthCheckType(string value)
        : base(value)
    {
    }

    /// <summary>The known constant of that value, or a new one.</summary>
    public static HealthCheckType FindValue(string value) => FindValue<HealthCheckType>(value);

    /// <summary>Lets a text stand for the constant.</summary>
    public static implicit operator HealthCheckType(string value) => FindValue(value);
}
