using System.Management.Automation;
using HostingOps.Cmdlets.Completion;
using HostingOps.Cmdlets.Pipeline;

namespace HostingOps.Cmdlets.Commands.Mirror;

/// <summary>Lists what this machine has of the sites' static mirrors.</summary>
[Cmdlet(VerbsCommon.Get, "SiteMirror")]
[OutputType(typeof(SiteMirror))]
public sealed class GetSiteMirrorCommand : HostingInventoryCmdlet
{
    private readonly SiteRequests requests = new();

    /// <summary>Names of sites, with wildcards; all sites with a mirror when not given.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("SiteName", "Site")]
    [SiteNameTransformation]
    [ArgumentCompleter(typeof(SiteNameCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Name { get; set; }

    /// <summary>Also older generations, a run that is unfinished, and the last run when it was refused.</summary>
    [Parameter]
    public SwitchParameter All { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => requests.Add(InventoryPath, Name);

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var all = All.IsPresent;
        RunOnEach(requests.All, request => request.InventoryPath, async (request, workspace, work) =>
        {
            var sites = await request.SelectAsync(workspace, work).ConfigureAwait(false);
            foreach (var mirror in workspace.GetMirrors(sites, all, named: request.Names is not null))
            {
                work.Token.ThrowIfCancellationRequested();
                await work.WriteAsync(mirror).ConfigureAwait(false);
            }
        });
    }
}
