using Amazon.Runtime;

namespace Amazon.Route53.Model;

/// <summary>What CreateHealthCheck answers.</summary>
public sealed class CreateHealthCheckResponse : AmazonWebServiceResponse
{
    /// <summary>The health check.</summary>
    public HealthCheck HealthCheck { get; set; } = null!;

    /// <summary>Address of the new resource, from the Location header.</summary>
    public string Location { get; set; } = null!;
}
