using System.Management.Automation;
using HostingOps.Cmdlets.Completion;
using HostingOps.Cmdlets.Pipeline;

namespace HostingOps.Cmdlets.Commands.Watch;

/// <summary>Shows what the watcher holds of each site, or how the watcher itself is.</summary>
[Cmdlet(VerbsCommon.Get, "SiteWatchStatus")]
[OutputType(typeof(SiteWatchStatus), typeof(WatcherStatus))]
public sealed class GetSiteWatchStatusCommand : HostingInventoryCmdlet
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

    /// <summary>Only sites of these verdicts.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public WatchState[]? State { get; set; }

    /// <summary>Which of a site's hosts: the active one, so that what is Down can be piped to Invoke-SiteFailover.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public WatchRole[] Role { get; set; } = [WatchRole.Active];

    /// <summary>The watcher itself instead of the sites.</summary>
    [Parameter]
    public SwitchParameter Summary { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => requests.Add(InventoryPath, Name);

    /// <inheritdoc/>
    protected override void EndProcessing() => RunOnEach(requests.All, static request => request.InventoryPath, async (request, workspace, work) =>
    {
        var sites = (await request.SelectAsync(workspace, work).ConfigureAwait(false)).Select(static site => site.Name).ToHashSet(StringComparer.Ordinal);
        var report = await workspace.GetWatchStatusAsync(work.Token).ConfigureAwait(false);
        if (Summary)
        {
            await work.WriteAsync(report.Watcher).ConfigureAwait(false);
            return;
        }

        foreach (var status in report.Sites.Where(status => sites.Contains(status.SiteName) && Role.Contains(status.Role) && State?.Contains(status.State) != false))
        {
            await work.WriteAsync(status).ConfigureAwait(false);
        }
    });
}
