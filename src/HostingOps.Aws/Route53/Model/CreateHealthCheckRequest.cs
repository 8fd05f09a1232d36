namespace Amazon.Route53.Model;

/// <summary>What CreateHealthCheck is asked.</summary>
public sealed class CreateHealthCheckRequest : AmazonRoute53Request
{
    /// <summary>A text of the caller's that makes a repeated creation harmless.</summary>
    public string CallerReference { get; set; } = null!;

    /// <summary>What it asks.</summary>
    public HealthCheckConfig HealthCheckConfig { get; set; } = null!;
}
