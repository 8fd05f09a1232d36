using System.Management.Automation;
using HostingOps.Engine;

namespace HostingOps.Cmdlets.Pipeline;

/// <summary>Base of the cmdlets that work on an inventory.</summary>
public abstract class HostingInventoryCmdlet : HostingCmdlet
{
    /// <summary>The inventory file; without it $env:HOSTINGOPS_INVENTORY, then ./hosting.yml.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public virtual string? InventoryPath { get; set; }

    // An Abstractions type, so that reading this class's members at import asks for no assembly of the engine.
    internal virtual AwsSettings AwsFromParameters => new();

    /// <summary>A path as the user means it, against PowerShell's location, as a path of the file system.</summary>
    /// <exception cref="HostingException">InvalidArgument: the path is on another provider.</exception>
    private protected string? FileSystemPath(string? path)
    {
        if (path is null)
        {
            return null;
        }

        var resolved = SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out var provider, out _);
        return provider.Name == "FileSystem"
            ? resolved
            : throw new HostingException(
                ErrorIds.InvalidArgument,
                HostingErrorCategory.InvalidArgument,
                path,
                $"'{path}' is on the PowerShell provider {provider.Name}; a path of the file system is needed.");
    }

    /// <summary>What the parameters say about inventory and AWS. To be called on the pipeline thread, which knows the location.</summary>
    private protected WorkspaceOptions OptionsFor(string? inventoryPath)
    {
        var aws = AwsFromParameters;
        return new WorkspaceOptions
        {
            InventoryPath = FileSystemPath(inventoryPath),
            WorkingDirectory = SessionState.Path.CurrentFileSystemLocation.ProviderPath,
            ProfileName = aws.Profile,
            Region = aws.Region,
            EndpointUrl = aws.EndpointUrl,
        };
    }

    /// <summary>Opens the inventory, does the work, closes it.</summary>
    private protected void RunOnInventory(string? inventoryPath, Func<HostingWorkspace, PipelineWork, Task> work) => Run(() =>
    {
        var options = OptionsFor(inventoryPath);
        return async pipeline =>
        {
            var workspace = HostingWorkspace.Open(options, pipeline.Reporter);
            await using (workspace.ConfigureAwait(false))
            {
                await work(workspace, pipeline).ConfigureAwait(false);
            }
        };
    });
}
