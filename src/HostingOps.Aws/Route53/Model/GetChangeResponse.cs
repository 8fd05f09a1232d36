using Amazon.Runtime;

namespace Amazon.Route53.Model;

/// <summary>What GetChange answers.</summary>
public sealed class GetChangeResponse : AmazonWebServiceResponse
{
    /// <summary>How far the change has got.</summary>
    public ChangeInfo ChangeInfo { get; set; } = null!;
}
