using Amazon.Runtime;

namespace Amazon.Route53.Model;

/// <summary>What GetHealthCheck answers.</summary>
public sealed class GetHealthCheckResponse : AmazonWebServiceResponse
{
    /// <summary>The health check.</summary>
    public HealthCheck HealthCheck { get; set; } = null!;
}
