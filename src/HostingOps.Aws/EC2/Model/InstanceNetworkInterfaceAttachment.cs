namespace Amazon.EC2.Model;

/// <summary>How an interface is attached.</summary>
public sealed class InstanceNetworkInterfaceAttachment
{
    /// <summary>UTC.</summary>
    public DateTime? AttachTime { get; set; }

    /// <summary>The attachment id.</summary>
    public string? AttachmentId { get; set; }

    /// <summary>Whether delete on termination is on.</summary>
    public bool? DeleteOnTermination { get; set; }

    /// <summary>The device index.</summary>
    public int? DeviceIndex { get; set; }

    /// <summary>The network card index.</summary>
    public int? NetworkCardIndex { get; set; }

    /// <summary>The status.</summary>
    public AttachmentStatus? Status { get; set; }
}
