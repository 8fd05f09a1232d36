namespace Amazon.EC2.Model;

/// <summary>An IPv6 address.</summary>
public sealed class InstanceIpv6Address
{
    /// <summary>The ipv6 address.</summary>
    public string? Ipv6Address { get; set; }

    /// <summary>Whether is primary ipv6 is on.</summary>
    public bool? IsPrimaryIpv6 { get; set; }
}
