namespace Amazon.EC2.Model;

/// <summary>The state of an instance before and after.</summary>
public sealed class InstanceStateChange
{
    /// <summary>The current state.</summary>
    public InstanceState? CurrentState { get; set; }

    /// <summary>The instance id.</summary>
    public string? InstanceId { get; set; }

    /// <summary>The previous state.</summary>
    public InstanceState? PreviousState { get; set; }
}
