using Amazon.Runtime;

namespace Amazon.Route53.Model;

/// <summary>What ListHostedZones answers.</summary>
public sealed class ListHostedZonesResponse : AmazonWebServiceResponse
{
    /// <summary>The zones of this page.</summary>
    public List<HostedZone>? HostedZones { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    /// <summary>Where the page starts; null for the first.</summary>
    public string Marker { get; set; } = null!;

    /// <summary>There are further pages.</summary>
    public bool? IsTruncated { get; set; }

    /// <summary>Marker of the next page.</summary>
    public string? NextMarker { get; set; }

    /// <summary>Most items per page; the API takes and gives it as text.</summary>
    public string MaxItems { get; set; } = null!;
}
