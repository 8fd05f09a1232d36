namespace Amazon.Route53.Model;

/// <summary>A place on earth, in degrees as text.</summary>
public sealed class Coordinates
{
    /// <summary>-90 to 90, two decimals.</summary>
    public string Latitude { get; set; } = null!;

    /// <summary>-180 to 180, two decimals.</summary>
    public string Longitude { get; set; } = null!;
}
