using Amazon.Runtime;

namespace Amazon.Route53;

/// <summary>What a health check says while its alarm has no data.</summary>
public sealed class InsufficientDataHealthStatus : ConstantClass
{
    /// <summary>Healthy</summary>
    public static readonly InsufficientDataHealthStatus Healthy = new("Healthy");

    /// <summary>LastKnownStatus</summary>
    public static readonly InsufficientDataHealthStatus LastKnownStatus = new("LastKnownStatus");

    /// <summary>Unhealthy</summary>
    public static readonly InsufficientDataHealthStatus Unhealthy = new("Unhealthy");

    /// <summary>Takes any text, so that a value newer than this list still passes through.</summary>
    public InsufficientDataHealthStatus(string value)
        : base(value)
    {
    }

    /// <summary>The known constant of that value, or a new one.</summary>
    public static InsufficientDataHealthStatus FindValue(string value) => FindValue<InsufficientDataHealthStatus>(value);

    /// <summary>Lets a text stand for the constant.</summary>
    public static implicit operator InsufficientDataHealthStatus(string value) => FindValue(value);
}
