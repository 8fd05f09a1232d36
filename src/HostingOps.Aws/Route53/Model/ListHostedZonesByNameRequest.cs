namespace Amazon.Route53.Model;

/// <summary>What ListHostedZonesByName is asked.</summary>
public sealed class ListHostedZonesByNameRequest : AmazonRoute53Request
{
    /// <summary>A DNS name.</summary>
    public string? DNSName { get; set; }

    /// <summary>The hosted zone's id.</summary>
    public string? HostedZoneId { get; set; }

    /// <summary>Most items per page; the API takes and gives it as text.</summary>
    public string? MaxItems { get; set; }
}
