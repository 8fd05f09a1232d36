namespace Amazon.EC2.Model;

/// <summary>A launch template, by id or name.</summary>
public sealed class LaunchTemplateSpecification
{
    /// <summary>The launch template id.</summary>
    public string? LaunchTemplateId { get; set; }

    /// <summary>The launch template name.</summary>
    public string? LaunchTemplateName { get; set; }

    /// <summary>The version.</summary>
    public string? Version { get; set; }
}
