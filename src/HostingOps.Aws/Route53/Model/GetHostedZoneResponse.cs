using Amazon.Runtime;

namespace Amazon.Route53.Model;

/// <summary>What GetHostedZone answers.</summary>
public sealed class GetHostedZoneResponse : AmazonWebServiceResponse
{
    /// <summary>The zone.</summary>
    public HostedZone HostedZone { get; set; } = null!;

    /// <summary>The zone's name servers.</summary>
    public DelegationSet? DelegationSet { get; set; }

    /// <summary>The VPCs that a private zone answers in.</summary>
    public List<VPC>? VPCs { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}
