namespace Amazon.Route53.Model;

/// <summary>What GetHealthCheck is asked.</summary>
public sealed class GetHealthCheckRequest : AmazonRoute53Request
{
    /// <summary>The health check's id.</summary>
    public string HealthCheckId { get; set; } = null!;
}
