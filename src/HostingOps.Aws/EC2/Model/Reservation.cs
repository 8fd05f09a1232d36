namespace Amazon.EC2.Model;

/// <summary>What one launch made.</summary>
public sealed class Reservation
{
    /// <summary>The groups, or null when there are none.</summary>
    public List<GroupIdentifier>? Groups { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    /// <summary>The instances, or null when there are none.</summary>
    public List<Instance>? Instances { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    /// <summary>The owner id.</summary>
    public string? OwnerId { get; set; }

    /// <summary>The requester id.</summary>
    public string? RequesterId { get; set; }

    /// <summary>The reservation id.</summary>
    public string? ReservationId { get; set; }
}
