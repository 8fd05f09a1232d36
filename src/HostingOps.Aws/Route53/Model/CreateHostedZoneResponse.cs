using Amazon.Runtime;

namespace Amazon.Route53.Model;

/// <summary>What CreateHostedZone answers.</summary>
public sealed class CreateHostedZoneResponse : AmazonWebServiceResponse
{
    /// <summary>The zone.</summary>
    public HostedZone HostedZone { get; set; } = null!;

    /// <summary>How far the change has got.</summary>
    public ChangeInfo ChangeInfo { get; set; } = null!;

    /// <summary>The zone's name servers.</summary>
    public DelegationSet DelegationSet { get; set; } = null!;

    /// <summary>The first VPC of a private zone.</summary>
    public VPC? VPC { get; set; }

    /// <summary>Address of the new resource, from the Location header.</summary>
    public string Location { get; set; } = null!;
}
