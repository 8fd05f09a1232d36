namespace Amazon.EC2.Model;

/// <summary>A scheduled event of an instance.</summary>
public sealed class InstanceStatusEvent
{
    /// <summary>The code.</summary>
    public EventCode? Code { get; set; }

    /// <summary>The description.</summary>
    public string? Description { get; set; }

    /// <summary>The instance event id.</summary>
    public string? InstanceEventId { get; set; }

    /// <summary>The not after.</summary>
    public DateTime? NotAfter { get; set; }

    /// <summary>The not before.</summary>
    public DateTime? NotBefore { get; set; }

    /// <summary>The not before deadline.</summary>
    public DateTime? NotBeforeDeadline { get; set; }
}
