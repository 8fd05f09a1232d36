namespace Amazon.EC2.Model;

/// <summary>A disk of an image or of a launch.</summary>
public sealed class BlockDeviceMapping
{
    /// <summary>The device name.</summary>
    public string? DeviceName { get; set; }

    /// <summary>The EBS.</summary>
    public EbsBlockDevice? Ebs { get; set; }

    /// <summary>The no device.</summary>
    public string? NoDevice { get; set; }

    /// <summary>The virtual name.</summary>
    public string? VirtualName { get; set; }
}
