namespace Amazon.Route53.Model;

/// <summary>Where a query must come from for a geolocation record to answer.</summary>
public sealed class GeoLocation
{
    /// <summary>Two letters.</summary>
    public string? ContinentCode { get; set; }

    /// <summary>Two letters, or * for anywhere else.</summary>
    public string? CountryCode { get; set; }

    /// <summary>One to three letters.</summary>
    public string? SubdivisionCode { get; set; }
}
