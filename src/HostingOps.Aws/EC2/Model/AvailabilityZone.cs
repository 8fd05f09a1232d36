namespace Amazon.EC2.Model;

/// <summary>An availability zone.</summary>
public sealed class AvailabilityZone
{
    /// <summary>The group name.</summary>
    public string? GroupName { get; set; }

    /// <summary>The messages, or null when there are none.</summary>
    public List<AvailabilityZoneMessage>? Messages { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    /// <summary>The network border group.</summary>
    public string? NetworkBorderGroup { get; set; }

    /// <summary>The opt in status.</summary>
    public AvailabilityZoneOptInStatus? OptInStatus { get; set; }

    /// <summary>The parent zone id.</summary>
    public string? ParentZoneId { get; set; }

    /// <summary>The parent zone name.</summary>
    public string? ParentZoneName { get; set; }

    /// <summary>The region name.</summary>
    public string? RegionName { get; set; }

    /// <summary>The state.</summary>
    public AvailabilityZoneState? State { get; set; }

    /// <summary>The zone id.</summary>
    public string? ZoneId { get; set; }

    /// <summary>The zone name.</summary>
    public string? ZoneName { get; set; }

    /// <summary>The zone type.</summary>
    public string? ZoneType { get; set; }
}
