namespace Amazon.EC2.Model;

/// <summary>The public address of an interface.</summary>
public sealed class InstanceNetworkInterfaceAssociation
{
    /// <summary>The carrier ip.</summary>
    public string? CarrierIp { get; set; }

    /// <summary>The customer owned ip.</summary>
    public string? CustomerOwnedIp { get; set; }

    /// <summary>The ip owner id.</summary>
    public string? IpOwnerId { get; set; }

    /// <summary>The public DNS name.</summary>
    public string? PublicDnsName { get; set; }

    /// <summary>The public ip.</summary>
    public string? PublicIp { get; set; }
}
