using Amazon.Runtime;

namespace Amazon.Route53.Model;

/// <summary>What ListHostedZonesByName answers.</summary>
public sealed class ListHostedZonesByNameResponse : AmazonWebServiceResponse
{
    /// <summary>The zones of this page.</summary>
    public List<HostedZone>? HostedZones { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    /// <summary>A DNS name.</summary>
    public string? DNSName { get; set; }

    /// <summary>The hosted zone's id.</summary>
    public string? HostedZoneId { get; set; }

    /// <summary>There are further pages.</summary>
    public bool? IsTruncated { get; set; }

    /// <summary>DNSName of the next page.</summary>
    public string? NextDNSName { get; set; }

    /// <summary>HostedZoneId of the next page.</summary>
    public string? NextHostedZoneId { get; set; }

    /// <summary>Most items per page; the API takes and gives it as text.</summary>
    public string MaxItems { get; set; } = null!;
}
