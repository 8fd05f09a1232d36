using System.Management.Automation;
using HostingOps.Cmdlets.Completion;
using HostingOps.Cmdlets.Pipeline;

namespace HostingOps.Cmdlets.Commands.Health;

/// <summary>Probes sites, pinned to a host's address or as a visitor sees them.</summary>
[Cmdlet(VerbsDiagnostic.Test, "SiteHealth")]
[OutputType(typeof(SiteHealth))]
public sealed class TestSiteHealthCommand : HostingAwsCmdlet
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

    /// <summary>Which of a site's hosts is probed.</summary>
    [Parameter]
    public HealthTarget Target { get; set; } = HealthTarget.Active;

    /// <summary>Probes under way at once, 1 to 1024.</summary>
    [Parameter]
    [ValidateRange(1, 1024)]
    public int ThrottleLimit { get; set; } = 32;

    /// <inheritdoc/>
    protected override void ProcessRecord() => requests.Add(InventoryPath, Name);

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        RunOnEach(requests.All, request => request.InventoryPath, async (request, workspace, work) =>
        {
            var sites = await request.SelectAsync(workspace, work).ConfigureAwait(false);
            await foreach (var health in workspace.CheckHealthAsync(sites, Target, ThrottleLimit, work.Token).ConfigureAwait(false))
            {
                await work.WriteAsync(health).ConfigureAwait(false);
            }
        });
    }
}
