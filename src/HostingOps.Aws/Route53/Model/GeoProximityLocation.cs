namespace Amazon.Route53.Model;

/// <summary>Where a geoproximity record's resource is.</summary>
public sealed class GeoProximityLocation
{
    /// <summary>An AWS region.</summary>
    public string? AWSRegion { get; set; }

    /// <summary>A local zone group.</summary>
    public string? LocalZoneGroup { get; set; }

    /// <summary>A place outside AWS.</summary>
    public Coordinates? Coordinates { get; set; }

    /// <summary>-99 to 99, widens or narrows the area.</summary>
    public int? Bias { get; set; }
}
