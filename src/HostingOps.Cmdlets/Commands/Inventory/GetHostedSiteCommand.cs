using System.Management.Automation;
using HostingOps.Cmdlets.Completion;
using HostingOps.Cmdlets.Pipeline;

namespace HostingOps.Cmdlets.Commands.Inventory;

/// <summary>Gives the sites of the inventory.</summary>
[Cmdlet(VerbsCommon.Get, "HostedSite")]
[OutputType(typeof(HostedSite))]
public sealed class GetHostedSiteCommand : HostingInventoryCmdlet
{
    /// <summary>Names of sites, with wildcards; all sites when not given.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("SiteName")]
    [SiteNameTransformation]
    [ArgumentCompleter(typeof(SiteNameCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Name { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => RunOnInventory(InventoryPath, async (workspace, work) =>
    {
        var request = new SiteRequest(InventoryPath);
        request.Add(Name);
        foreach (var site in await request.SelectAsync(workspace, work).ConfigureAwait(false))
        {
            await work.WriteAsync(site).ConfigureAwait(false);
        }
    });
}
