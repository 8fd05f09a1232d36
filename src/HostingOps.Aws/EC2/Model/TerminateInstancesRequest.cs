namespace Amazon.EC2.Model;

/// <summary>What TerminateInstances is asked.</summary>
public sealed class TerminateInstancesRequest : AmazonEC2Request
{
    /// <summary>Creates it empty.</summary>
    public TerminateInstancesRequest()
    {
    }

    /// <summary>Creates it with these members.</summary>
    public TerminateInstancesRequest(List<string> instanceIds)
    {
        InstanceIds = instanceIds;
    }

    /// <summary>Only asks whether it would be allowed: the answer is then the error DryRunOperation.</summary>
    public bool? DryRun { get; set; }

    /// <summary>The instance ids, or null when there are none.</summary>
    public List<string>? InstanceIds { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}
