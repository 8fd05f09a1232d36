namespace Amazon.EC2.Model;

/// <summary>The state of an instance.</summary>
public sealed class InstanceState
{
    /// <summary>The code.</summary>
    public int? Code { get; set; }

    /// <summary>The name.</summary>
    public InstanceStateName? Name { get; set; }
}
