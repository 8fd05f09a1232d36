namespace HostingOps;

/// <summary>Where an instance can be launched.</summary>
/// <param name="AvailabilityZone">The availability zone.</param>
/// <param name="SubnetId">The subnet, or null for the zone's default one.</param>
public sealed record ApexLaunchPlace(string AvailabilityZone, string? SubnetId)
{
    /// <inheritdoc/>
    public override string ToString() => SubnetId is null ? AvailabilityZone : $"{AvailabilityZone} ({SubnetId})";
}
