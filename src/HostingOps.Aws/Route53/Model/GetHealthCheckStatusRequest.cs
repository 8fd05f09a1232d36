namespace Amazon.Route53.Model;

/// <summary>What GetHealthCheckStatus is asked.</summary>
public sealed class GetHealthCheckStatusRequest : AmazonRoute53Request
{
    /// <summary>The health check's id.</summary>
    public string HealthCheckId { get; set; } = null!;
}
