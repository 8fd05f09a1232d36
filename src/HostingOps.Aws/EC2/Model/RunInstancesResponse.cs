using Amazon.Runtime;

namespace Amazon.EC2.Model;

/// <summary>What RunInstances answers.</summary>
public sealed class RunInstancesResponse : AmazonWebServiceResponse
{
    /// <summary>What the launch made.</summary>
    public Reservation? Reservation { get; set; }
}
