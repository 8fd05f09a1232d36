namespace Amazon.EC2.Model;

/// <summary>The status checks of an instance.</summary>
public sealed class InstanceStatus
{
    /// <summary>The availability zone.</summary>
    public string? AvailabilityZone { get; set; }

    /// <summary>The availability zone id.</summary>
    public string? AvailabilityZoneId { get; set; }

    /// <summary>The events, or null when there are none.</summary>
    public List<InstanceStatusEvent>? Events { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    /// <summary>The instance id.</summary>
    public string? InstanceId { get; set; }

    /// <summary>The instance state.</summary>
    public InstanceState? InstanceState { get; set; }

    /// <summary>The instance status.</summary>
    public InstanceStatusSummary? Status { get; set; }

    /// <summary>The system status.</summary>
    public InstanceStatusSummary? SystemStatus { get; set; }
}
