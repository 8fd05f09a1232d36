using Amazon.Runtime;

namespace Amazon.EC2.Model;

/// <summary>What AssociateAddress answers.</summary>
public sealed class AssociateAddressResponse : AmazonWebServiceResponse
{
    /// <summary>The association id.</summary>
    public string? AssociationId { get; set; }
}
