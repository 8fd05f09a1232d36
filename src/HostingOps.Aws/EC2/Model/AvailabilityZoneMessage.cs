namespace Amazon.EC2.Model;

/// <summary>A message about an availability zone.</summary>
public sealed class AvailabilityZoneMessage
{
    /// <summary>The message.</summary>
    public string? Message { get; set; }
}
