namespace Amazon.EC2.Model;

/// <summary>How the metadata service answers.</summary>
public sealed class InstanceMetadataOptionsRequest
{
    /// <summary>The http endpoint.</summary>
    public InstanceMetadataEndpointState? HttpEndpoint { get; set; }

    /// <summary>The http protocol ipv6.</summary>
    public InstanceMetadataProtocolState? HttpProtocolIpv6 { get; set; }

    /// <summary>The http put response hop limit.</summary>
    public int? HttpPutResponseHopLimit { get; set; }

    /// <summary>The http tokens.</summary>
    public HttpTokensState? HttpTokens { get; set; }

    /// <summary>The instance metadata tags.</summary>
    public InstanceMetadataTagsState? InstanceMetadataTags { get; set; }
}
