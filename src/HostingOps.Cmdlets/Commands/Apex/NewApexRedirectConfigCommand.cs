using System.Management.Automation;
using HostingOps.Cmdlets.Completion;
using HostingOps.Cmdlets.Pipeline;
using HostingOps.Engine;
using HostingOps.Engine.Apex.Redirects;
using HostingOps.Engine.Files;
using HostingOps.Engine.WebServers;

namespace HostingOps.Cmdlets.Commands.Apex;

/// <summary>Collates the redirector's configuration from the inventory, has the real server judge it, and writes it when asked to.</summary>
[Cmdlet(VerbsCommon.New, "ApexRedirectConfig", SupportsShouldProcess = true)]
[OutputType(typeof(ApexRedirectConfig))]
public sealed class NewApexRedirectConfigCommand : HostingInventoryCmdlet
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

    /// <summary>The file to write.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>The server that the configuration is for.</summary>
    [Parameter]
    public WebServerFormat Format { get; set; } = WebServerFormat.Nginx;

    /// <summary>Overwrite a file that was edited by hand, or that something else wrote.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Don't have the server on this machine test the configuration.</summary>
    [Parameter]
    public SwitchParameter SkipTest { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => requests.Add(InventoryPath, Name);

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (Path is not null && requests.All.Count > 1)
        {
            ThrowTerminatingError(ErrorRecords.From(new HostingException(
                ErrorIds.InvalidArgument,
                HostingErrorCategory.InvalidArgument,
                Path,
                "The sites come from several inventories, and there is one -Path.",
                "Write one file for each inventory.")));
        }

        foreach (var request in requests.All)
        {
            RunOnInventory(request.InventoryPath, (workspace, work) => CreateAsync(request, workspace, work));
        }
    }

    private async Task CreateAsync(SiteRequest request, HostingWorkspace workspace, PipelineWork work)
    {
        var path = Path is null ? null : await work.AskAsync(() => FileSystemPath(Path)).ConfigureAwait(false);
        if (path is not null && !Force)
        {
            await GeneratedConfigFile.DemandReplaceableAsync(path, work.Token).ConfigureAwait(false);
        }

        var sites = await request.SelectAsync(workspace, work).ConfigureAwait(false);
        if (sites.Count == 0 && request.Names is { Count: > 0 })
        {
            return;
        }

        var config = await workspace.CreateApexRedirectConfigAsync(sites, Format, !SkipTest, work.Token).ConfigureAwait(false);
        if (config.Test.Outcome == ServerConfigTestOutcome.Failed)
        {
            await work.WriteAsync(config).ConfigureAwait(false);
            throw Rejected(config, path);
        }

        if (config.Test.Outcome == ServerConfigTestOutcome.Skipped && !SkipTest)
        {
            work.Reporter.Verbose($"The configuration was not tested. {config.Test.Reason}");
        }

        var action = FormattableString.Invariant($"Write the redirects of {config.DomainCount} names for {config.Format}");
        if (path is not null && await work.AskAsync(() => ShouldProcess(path, action)).ConfigureAwait(false))
        {
            await AtomicFile.WriteAsync(path, config.Text, overwrite: true, work.Token).ConfigureAwait(false);
            config = config with { Path = path };
        }

        await work.WriteAsync(config).ConfigureAwait(false);
    }

    private static HostingException Rejected(ApexRedirectConfig config, string? path) => new(
        ErrorIds.ApexConfigRejected,
        HostingErrorCategory.ExternalProgramFailed,
        path,
        $"'{config.Test.Program}' refuses the configuration: {config.Test.Output}",
        "Look at the Text of the result; -SkipTest writes it all the same.");
}
