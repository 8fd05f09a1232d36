namespace Amazon.EC2.Model;

/// <summary>What DisassociateAddress is asked.</summary>
public sealed class DisassociateAddressRequest : AmazonEC2Request
{
    /// <summary>Creates it empty.</summary>
    public DisassociateAddressRequest()
    {
    }

    /// <summary>Creates it with these members.</summary>
    public DisassociateAddressRequest(string publicIp)
    {
        PublicIp = publicIp;
    }

    /// <summary>The association id.</summary>
    public string? AssociationId { get; set; }

    /// <summary>Only asks whether it would be allowed: the answer is then the error DryRunOperation.</summary>
    public bool? DryRun { get; set; }

    /// <summary>The public ip.</summary>
    public string? PublicIp { get; set; }
}
