using Amazon.Runtime;

namespace Amazon.Route53.Model;

/// <summary>What DeleteHostedZone answers.</summary>
public sealed class DeleteHostedZoneResponse : AmazonWebServiceResponse
{
    /// <summary>How far the change has got.</summary>
    public ChangeInfo ChangeInfo { get; set; } = null!;
}
