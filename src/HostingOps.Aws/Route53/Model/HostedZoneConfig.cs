namespace Amazon.Route53.Model;

/// <summary>A hosted zone's comment, and whether it is private.</summary>
public sealed class HostedZoneConfig
{
    /// <summary>Free text.</summary>
    public string? Comment { get; set; }

    /// <summary>The zone answers only inside its VPCs.</summary>
    public bool? PrivateZone { get; set; }
}
