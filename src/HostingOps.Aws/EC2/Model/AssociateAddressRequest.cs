namespace Amazon.EC2.Model;

/// <summary>What AssociateAddress is asked.</summary>
public sealed class AssociateAddressRequest : AmazonEC2Request
{
    /// <summary>Creates it empty.</summary>
    public AssociateAddressRequest()
    {
    }

    /// <summary>Creates it with these members.</summary>
    public AssociateAddressRequest(string instanceId, string publicIp)
    {
        InstanceId = instanceId;
        PublicIp = publicIp;
    }

    /// <summary>The allocation id.</summary>
    public string? AllocationId { get; set; }

    /// <summary>False makes it fail with Resource.AlreadyAssociated when the address is associated elsewhere; null or true moves it.</summary>
    public bool? AllowReassociation { get; set; }

    /// <summary>Only asks whether it would be allowed: the answer is then the error DryRunOperation.</summary>
    public bool? DryRun { get; set; }

    /// <summary>The instance id.</summary>
    public string? InstanceId { get; set; }

    /// <summary>The network interface id.</summary>
    public string? NetworkInterfaceId { get; set; }

    /// <summary>The private IP address.</summary>
    public string? PrivateIpAddress { get; set; }

    /// <summary>The public ip.</summary>
    public string? PublicIp { get; set; }
}
