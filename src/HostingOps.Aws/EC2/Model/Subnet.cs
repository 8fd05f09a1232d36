namespace Amazon.EC2.Model;

/// <summary>A subnet.</summary>
public sealed class Subnet
{
    /// <summary>The availability zone.</summary>
    public string? AvailabilityZone { get; set; }

    /// <summary>The number of free private addresses.</summary>
    public int? AvailableIpAddressCount { get; set; }

    /// <summary>Whether it is the default subnet of its zone.</summary>
    public bool? DefaultForAz { get; set; }

    /// <summary>Whether instances launched there get a public address.</summary>
    public bool? MapPublicIpOnLaunch { get; set; }

    /// <summary>The state, <c>pending</c> or <c>available</c>.</summary>
    public string? State { get; set; }

    /// <summary>The subnet id.</summary>
    public string? SubnetId { get; set; }

    /// <summary>The vpc id.</summary>
    public string? VpcId { get; set; }
}
