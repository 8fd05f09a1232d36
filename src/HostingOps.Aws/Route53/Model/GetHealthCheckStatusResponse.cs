using Amazon.Runtime;

namespace Amazon.Route53.Model;

/// <summary>What GetHealthCheckStatus answers.</summary>
public sealed class GetHealthCheckStatusResponse : AmazonWebServiceResponse
{
    /// <summary>One per checker; the API gives no verdict of its own.</summary>
    public List<HealthCheckObservation>? HealthCheckObservations { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}
