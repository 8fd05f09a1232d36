using System.Management.Automation;
using HostingOps.Cmdlets.Completion;
using HostingOps.Cmdlets.Pipeline;

namespace HostingOps.Cmdlets.Commands.Failover;

/// <summary>Switches failover of sites on again.</summary>
[Cmdlet(VerbsLifecycle.Enable, "SiteFailover", SupportsShouldProcess = true)]
[OutputType(typeof(FailoverPause))]
public sealed class EnableSiteFailoverCommand : HostingInventoryCmdlet
{
    private readonly SiteRequests requests = new();

    /// <summary>Names of sites, with wildcards.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("SiteName", "Site")]
    [SiteNameTransformation]
    [ArgumentCompleter(typeof(SiteNameCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = [];

    /// <summary>Give the pauses that were ended.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => requests.Add(InventoryPath, Name);

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        RunOnEach(requests.All, request => request.InventoryPath, async (request, workspace, work) =>
        {
            foreach (var site in await request.SelectAsync(workspace, work).ConfigureAwait(false))
            {
                var confirmed = await work.AskAsync(() => Confirmed(() => ShouldProcess(site.Name, "Switch failover on"))).ConfigureAwait(false);
                if (!confirmed)
                {
                    continue;
                }

                var ended = workspace.Unpause(site);
                if (ended is null)
                {
                    work.Reporter.Verbose($"Failover of {site.Name} was not switched off.");
                }
                else if (PassThru)
                {
                    await work.WriteAsync(ended with { InventoryPath = site.InventoryPath }).ConfigureAwait(false);
                }
            }
        });
    }
}
