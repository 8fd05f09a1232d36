using Amazon.Runtime;

namespace Amazon.EC2.Model;

/// <summary>What TerminateInstances answers.</summary>
public sealed class TerminateInstancesResponse : AmazonWebServiceResponse
{
    /// <summary>The terminating instances, or null when there are none.</summary>
    public List<InstanceStateChange>? TerminatingInstances { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}
