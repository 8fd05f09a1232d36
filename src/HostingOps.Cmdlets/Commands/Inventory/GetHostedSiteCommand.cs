using System.Management.Automation;
using HostingOps.Cmdlets.Completion;
using HostingOps.Cmdlets.Pipeline;

namespace HostingOps.Cmdlets.Commands.Inventory;

/// <summary>Gives the sites of the inventory.</summary>
[Cmdlet(VerbsCommon.Get, "HostedSite")]
[OutputType(typeof(HostedSite))]
public sealed class GetHostedSiteCommand : HostingInventoryCmdlet
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

    /// <inheritdoc/>
    protected override void ProcessRecord() => requests.Add(InventoryPath, Name);

    /// <inheritdoc/>
    protected override void EndProcessing() =>
        RunOnEach(requests.All, request => request.InventoryPath, async (request, workspace, work) =>
        {
            foreach (var site in await request.SelectAsync(workspace, work).ConfigureAwait(false))
            {
                await work.WriteAsync(site).ConfigureAwait(false);
            }
        });
}
