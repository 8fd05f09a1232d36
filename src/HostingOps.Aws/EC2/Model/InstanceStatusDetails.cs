namespace Amazon.EC2.Model;

/// <summary>One status check.</summary>
public sealed class InstanceStatusDetails
{
    /// <summary>The impaired since.</summary>
    public DateTime? ImpairedSince { get; set; }

    /// <summary>The name.</summary>
    public StatusName? Name { get; set; }

    /// <summary>The status.</summary>
    public StatusType? Status { get; set; }
}
