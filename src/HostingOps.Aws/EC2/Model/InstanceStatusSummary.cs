namespace Amazon.EC2.Model;

/// <summary>A summary of status checks.</summary>
public sealed class InstanceStatusSummary
{
    /// <summary>The details, or null when there are none.</summary>
    public List<InstanceStatusDetails>? Details { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    /// <summary>The status.</summary>
    public SummaryStatus? Status { get; set; }
}
