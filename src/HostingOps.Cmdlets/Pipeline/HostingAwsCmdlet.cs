using System.Management.Automation;

namespace HostingOps.Cmdlets.Pipeline;

/// <summary>Base of the cmdlets that talk to AWS. What is given here comes before the inventory, and that before the environment.</summary>
public abstract class HostingAwsCmdlet : HostingInventoryCmdlet
{
    /// <summary>A profile of the shared AWS files.</summary>
    [Parameter]
    [Alias("AwsProfile", "AWSProfileName")]
    [ValidateNotNullOrEmpty]
    public string? ProfileName { get; set; }

    /// <summary>The AWS region. Route 53 is global and needs it only outside the standard partition.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Region { get; set; }

    /// <summary>An AWS-compatible endpoint instead of AWS, for example the sandbox's.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? EndpointUrl { get; set; }

    internal override AwsSettings AwsFromParameters => new() { Profile = ProfileName, Region = Region, EndpointUrl = EndpointUrl };
}
