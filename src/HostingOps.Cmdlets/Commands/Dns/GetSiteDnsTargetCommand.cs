using System.Management.Automation;
using HostingOps.Cmdlets.Completion;
using HostingOps.Cmdlets.Pipeline;

namespace HostingOps.Cmdlets.Commands.Dns;

/// <summary>Says which host each site's record points to, as Route 53 has it.</summary>
[Cmdlet(VerbsCommon.Get, "SiteDnsTarget")]
[OutputType(typeof(SiteDnsTarget))]
public sealed class GetSiteDnsTargetCommand : HostingAwsCmdlet
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
    protected override void EndProcessing()
    {
        RunOnEach(requests.All, request => request.InventoryPath, async (request, workspace, work) =>
        {
            var sites = await request.SelectAsync(workspace, work).ConfigureAwait(false);
            await foreach (var target in workspace.GetDnsTargetsAsync(sites, work.Token).ConfigureAwait(false))
            {
                await work.WriteAsync(target).ConfigureAwait(false);
            }
        });
    }
}
