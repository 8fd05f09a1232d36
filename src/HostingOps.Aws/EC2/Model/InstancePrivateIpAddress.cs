namespace Amazon.EC2.Model;

/// <summary>A private address of an interface.</summary>
public sealed class InstancePrivateIpAddress
{
    /// <summary>The association.</summary>
    public InstanceNetworkInterfaceAssociation? Association { get; set; }

    /// <summary>Whether primary is on.</summary>
    public bool? Primary { get; set; }

    /// <summary>The private DNS name.</summary>
    public string? PrivateDnsName { get; set; }

    /// <summary>The private IP address.</summary>
    public string? PrivateIpAddress { get; set; }
}
