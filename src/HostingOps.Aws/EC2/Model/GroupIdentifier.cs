namespace Amazon.EC2.Model;

/// <summary>A security group.</summary>
public sealed class GroupIdentifier
{
    /// <summary>The group id.</summary>
    public string? GroupId { get; set; }

    /// <summary>The group name.</summary>
    public string? GroupName { get; set; }
}
