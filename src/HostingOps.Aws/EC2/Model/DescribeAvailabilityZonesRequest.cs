namespace Amazon.EC2.Model;

/// <summary>What DescribeAvailabilityZones is asked.</summary>
public sealed class DescribeAvailabilityZonesRequest : AmazonEC2Request
{
    /// <summary>Whether all availability zones is on.</summary>
    public bool? AllAvailabilityZones { get; set; }

    /// <summary>Only asks whether it would be allowed: the answer is then the error DryRunOperation.</summary>
    public bool? DryRun { get; set; }

    /// <summary>Narrows the listing.</summary>
    public List<Filter>? Filters { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    /// <summary>The zone ids, or null when there are none.</summary>
    public List<string>? ZoneIds { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    /// <summary>The zone names, or null when there are none.</summary>
    public List<string>? ZoneNames { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}
