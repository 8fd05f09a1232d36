using System.Management.Automation;
using HostingOps.Cmdlets.Completion;
using HostingOps.Cmdlets.Pipeline;
using HostingOps.Engine.Failover;

namespace HostingOps.Cmdlets.Commands.Failover;

/// <summary>Fails sites over, or carries plans out, as one operation per inventory.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "SiteFailover", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(FailoverResult))]
public sealed class InvokeSiteFailoverCommand : FailoverActionCmdlet
{
    private readonly SiteRequests requests = new();
    private readonly List<SiteFailoverPlan> plans = [];

    /// <summary>Names of sites, with wildcards.</summary>
    [Parameter(ParameterSetName = "Site", Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("SiteName", "Site")]
    [SiteNameTransformation]
    [ArgumentCompleter(typeof(SiteNameCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = [];

    /// <summary>Plans of Get-SiteFailoverPlan. They are carried out as they are, or refused when the world has moved.</summary>
    [Parameter(ParameterSetName = "Plan", Mandatory = true, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    public SiteFailoverPlan[] Plan { get; set; } = [];

    /// <summary>A switchover between two healthy hosts, instead of a failover from a dead one.</summary>
    [Parameter(ParameterSetName = "Site")]
    public SwitchParameter Planned { get; set; }

    /// <summary>Name of the host to go to; without it the active host's peer.</summary>
    [Parameter(ParameterSetName = "Site")]
    [ArgumentCompleter(typeof(HostNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string? To { get; set; }

    /// <summary>Gates that may be passed although they refuse. Needs -Reason; goes into the journal.</summary>
    [Parameter(ParameterSetName = "Site")]
    [ValidateNotNullOrEmpty]
    public GateName[] Override { get; set; } = [];

    /// <summary>Why the gates are overridden.</summary>
    [Parameter(ParameterSetName = "Site")]
    [ValidateNotNullOrEmpty]
    public string? Reason { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == "Plan")
        {
            plans.AddRange(Plan);
        }
        else
        {
            requests.Add(InventoryPath, Name);
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        RunOnEach(requests.All, request => request.InventoryPath, async (request, workspace, work) =>
        {
            var sites = await request.SelectWithHostAsync(workspace, To, work).ConfigureAwait(false);
            var options = new PlanOptions { Planned = Planned, To = To, Overrides = Override, OverrideReason = Reason };
            await ConfirmAndInvokeAsync(workspace, workspace.PlanFailoverAsync(sites, options, work.Token), work).ConfigureAwait(false);
        });
        RunOnEach(
            plans.GroupBy(plan => plan.InventoryPath ?? InventoryPath),
            group => group.Key,
            (group, workspace, work) => ConfirmAndInvokeAsync(workspace, AsStream(group), work));
    }

    private static async IAsyncEnumerable<SiteFailoverPlan> AsStream(IEnumerable<SiteFailoverPlan> plans)
    {
        foreach (var plan in plans)
        {
            yield return plan;
        }

        await Task.CompletedTask.ConfigureAwait(false);
    }
}
