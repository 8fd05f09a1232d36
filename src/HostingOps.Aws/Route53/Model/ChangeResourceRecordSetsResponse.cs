using Amazon.Runtime;

namespace Amazon.Route53.Model;

/// <summary>What ChangeResourceRecordSets answers.</summary>
public sealed class ChangeResourceRecordSetsResponse : AmazonWebServiceResponse
{
    /// <summary>How far the change has got.</summary>
    public ChangeInfo ChangeInfo { get; set; } = null!;
}
