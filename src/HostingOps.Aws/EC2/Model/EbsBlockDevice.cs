namespace Amazon.EC2.Model;

/// <summary>An EBS volume to make.</summary>
public sealed class EbsBlockDevice
{
    /// <summary>Whether delete on termination is on.</summary>
    public bool? DeleteOnTermination { get; set; }

    /// <summary>Whether encrypted is on.</summary>
    public bool? Encrypted { get; set; }

    /// <summary>The iops.</summary>
    public int? Iops { get; set; }

    /// <summary>The kms key id.</summary>
    public string? KmsKeyId { get; set; }

    /// <summary>The snapshot id.</summary>
    public string? SnapshotId { get; set; }

    /// <summary>The throughput.</summary>
    public int? Throughput { get; set; }

    /// <summary>GiB.</summary>
    public int? VolumeSize { get; set; }

    /// <summary>The volume type.</summary>
    public VolumeType? VolumeType { get; set; }
}
