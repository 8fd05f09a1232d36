using System.Management.Automation;
using HostingOps.Cmdlets.Completion;
using HostingOps.Cmdlets.Pipeline;

namespace HostingOps.Cmdlets.Commands.Mirror;

/// <summary>Asks the sites' secondary hosts for their static mirrors, and compares samples with what is stored here.</summary>
[Cmdlet(VerbsDiagnostic.Test, "SiteMirror")]
[OutputType(typeof(SiteMirrorTest))]
public sealed class TestSiteMirrorCommand : HostingInventoryCmdlet
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

    /// <summary>URLs to ask for at each site; 0 for none.</summary>
    [Parameter]
    [ValidateRange(0, 100_000)]
    public int SampleCount { get; set; } = 20;

    /// <summary>Sites under way at once.</summary>
    [Parameter]
    [ValidateRange(1, 1024)]
    public int ThrottleLimit { get; set; } = 16;

    /// <inheritdoc/>
    protected override void ProcessRecord() => requests.Add(InventoryPath, Name);

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var (samples, limit) = (SampleCount, ThrottleLimit);
        RunOnEach(requests.All, request => request.InventoryPath, async (request, workspace, work) =>
        {
            var sites = await request.SelectAsync(workspace, work).ConfigureAwait(false);
            await foreach (var test in workspace.TestMirrorsAsync(sites, samples, limit, named: request.Names is not null, work.Token).ConfigureAwait(false))
            {
                await work.WriteAsync(test).ConfigureAwait(false);
            }
        });
    }
}
