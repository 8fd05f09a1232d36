using System.Management.Automation;
using HostingOps.Cmdlets.Completion;
using HostingOps.Cmdlets.Pipeline;
using HostingOps.Engine;
using HostingOps.Engine.Files;
using HostingOps.Engine.WebServers;

namespace HostingOps.Cmdlets.Commands.Mirror;

/// <summary>Makes the configuration of the web servers that serve mirrors, has the real server judge it, and writes it when asked to.</summary>
[Cmdlet(VerbsCommon.New, "SiteMirrorConfig", SupportsShouldProcess = true)]
[OutputType(typeof(SiteMirrorConfig))]
public sealed class NewSiteMirrorConfigCommand : HostingInventoryCmdlet
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

    /// <summary>The host whose server it is for, when the sites have several secondary hosts.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(HostNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string? HostName { get; set; }

    /// <summary>The file to write.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>The server that the configuration is for.</summary>
    [Parameter]
    public WebServerFormat Format { get; set; } = WebServerFormat.Nginx;

    /// <summary>Leave out the sizes of nginx's maps: what is included before, as the apex redirector's configuration, sets them.</summary>
    [Parameter]
    public SwitchParameter SkipMapHash { get; set; }

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
                ErrorIds.InvalidArgument, HostingErrorCategory.InvalidArgument, Path, "The sites come from several inventories, and there is one -Path.", "Write one file for each inventory.")));
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

        var configs = await workspace.CreateMirrorConfigsAsync(sites, HostName, Format, !SkipMapHash, !SkipTest, work.Token).ConfigureAwait(false);
        if (path is not null && configs.Count > 1)
        {
            throw new HostingException(
                ErrorIds.InvalidArgument,
                HostingErrorCategory.InvalidArgument,
                path,
                $"The mirrors are on several hosts ({string.Join(", ", configs.Select(static config => config.HostName))}), and there is one -Path.",
                "Name one of them with -HostName: each host's server serves its own.");
        }

        foreach (var config in configs)
        {
            await work.WriteAsync(await WriteAsync(config, path, work).ConfigureAwait(false)).ConfigureAwait(false);
        }
    }

    private async Task<SiteMirrorConfig> WriteAsync(SiteMirrorConfig config, string? path, PipelineWork work)
    {
        if (config.Test.Outcome == ServerConfigTestOutcome.Failed)
        {
            await work.WriteAsync(config).ConfigureAwait(false);
            throw new HostingException(
                ErrorIds.MirrorConfigRejected,
                HostingErrorCategory.ExternalProgramFailed,
                path ?? config.HostName,
                $"'{config.Test.Program}' refuses the configuration: {config.Test.Output}",
                "Look at the Text of the result; -SkipTest writes it all the same.");
        }

        if (config.Test.Outcome == ServerConfigTestOutcome.Skipped && !SkipTest)
        {
            work.Reporter.Verbose($"The configuration was not tested. {config.Test.Reason}");
        }

        var action = FormattableString.Invariant($"Write the mirrors of {config.SiteCount} sites for {config.Format} on {config.HostName}");
        if (path is null || !await work.AskAsync(() => ShouldProcess(path, action)).ConfigureAwait(false))
        {
            return config;
        }

        await AtomicFile.WriteAsync(path, config.Text, overwrite: true, work.Token).ConfigureAwait(false);
        return config with { Path = path };
    }
}
