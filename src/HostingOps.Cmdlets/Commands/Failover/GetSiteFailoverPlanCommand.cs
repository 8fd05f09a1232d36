using System.Management.Automation;
using HostingOps.Cmdlets.Completion;
using HostingOps.Cmdlets.Pipeline;
using HostingOps.Engine.Failover;

namespace HostingOps.Cmdlets.Commands.Failover;

/// <summary>Plans sites' failover by reading only: what was seen, what would change, every gate's answer.</summary>
[Cmdlet(VerbsCommon.Get, "SiteFailoverPlan")]
[OutputType(typeof(SiteFailoverPlan))]
public sealed class GetSiteFailoverPlanCommand : HostingAwsCmdlet
{
    private readonly SiteRequests requests = new();

    /// <summary>Names of sites, with wildcards; all sites when not given.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("SiteName", "Site")]
    [SiteNameTransformation]
    [ArgumentCompleter(typeof(SiteNameCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Name { get; set; }

    /// <summary>A switchover between two healthy hosts, instead of a failover from a dead one.</summary>
    [Parameter]
    public SwitchParameter Planned { get; set; }

    /// <summary>Name of the host to go to; without it the active host's peer.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(HostNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string? To { get; set; }

    /// <summary>Gates that may be passed although they refuse. Needs -Reason; goes into the journal.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public GateName[] Override { get; set; } = [];

    /// <summary>Why the gates are overridden.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Reason { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => requests.Add(InventoryPath, Name);

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        RunOnEach(requests.All, request => request.InventoryPath, async (request, workspace, work) =>
        {
            var sites = await request.SelectWithHostAsync(workspace, To, work).ConfigureAwait(false);
            var options = new PlanOptions { Planned = Planned, To = To, Overrides = Override, OverrideReason = Reason };
            await foreach (var plan in workspace.PlanFailoverAsync(sites, options, work.Token).ConfigureAwait(false))
            {
                await work.WriteAsync(plan).ConfigureAwait(false);
            }
        });
    }
}
