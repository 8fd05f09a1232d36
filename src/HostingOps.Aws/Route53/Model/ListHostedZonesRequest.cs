namespace Amazon.Route53.Model;

/// <summary>What ListHostedZones is asked.</summary>
public sealed class ListHostedZonesRequest : AmazonRoute53Request
{
    /// <summary>Where the page starts; null for the first.</summary>
    public string? Marker { get; set; }

    /// <summary>Most items per page; the API takes and gives it as text.</summary>
    public string? MaxItems { get; set; }

    /// <summary>A reusable delegation set.</summary>
    public string? DelegationSetId { get; set; }

    /// <summary>Lists only private zones when set.</summary>
    public HostedZoneType? HostedZoneType { get; set; }
}
