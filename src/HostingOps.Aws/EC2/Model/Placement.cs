namespace Amazon.EC2.Model;

/// <summary>Where an instance runs.</summary>
public sealed class Placement
{
    /// <summary>The affinity.</summary>
    public string? Affinity { get; set; }

    /// <summary>The availability zone.</summary>
    public string? AvailabilityZone { get; set; }

    /// <summary>The availability zone id.</summary>
    public string? AvailabilityZoneId { get; set; }

    /// <summary>The group id.</summary>
    public string? GroupId { get; set; }

    /// <summary>The group name.</summary>
    public string? GroupName { get; set; }

    /// <summary>The host id.</summary>
    public string? HostId { get; set; }

    /// <summary>The partition number.</summary>
    public int? PartitionNumber { get; set; }
}
