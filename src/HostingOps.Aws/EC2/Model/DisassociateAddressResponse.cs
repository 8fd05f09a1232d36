using Amazon.Runtime;

namespace Amazon.EC2.Model;

/// <summary>DisassociateAddress answers nothing but success.</summary>
public sealed class DisassociateAddressResponse : AmazonWebServiceResponse;
