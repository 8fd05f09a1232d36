using System.Management.Automation;
using HostingOps.Engine;
using HostingOps.Engine.Inventory;

namespace HostingOps.Cmdlets.Pipeline;

/// <summary>Base of the cmdlets that work on an inventory.</summary>
public abstract class HostingInventoryCmdlet : HostingCmdlet
{
    private bool inventoryNamed;

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
                $"'{path}' is on the PowerShell provider {provider.Name}; a path of the file system is needed.",
                "Name a file, for example ./hosting.yml.");
    }

    /// <summary>What the parameters say about inventory and AWS. To be called on the pipeline thread, which knows the location.</summary>
    private protected WorkspaceOptions OptionsFor(string? inventoryPath)
    {
        var aws = AwsFromParameters;
        return new WorkspaceOptions
        {
            InventoryPath = FileSystemPath(inventoryPath),
            WorkingDirectory = SessionState.Path.CurrentFileSystemLocation.ProviderPath,
            StatePath = StatePath(),
            ProfileName = aws.Profile,
            Region = aws.Region,
            EndpointUrl = aws.EndpointUrl,
        };
    }

    /// <inheritdoc/>
    protected override void BeginProcessing() => inventoryNamed = InventoryPath is not null;

    /// <summary>Opens the inventory, does the work, closes it.</summary>
    private protected void RunOnInventory(string? inventoryPath, Func<HostingWorkspace, PipelineWork, Task> work) => Run(() =>
    {
        var options = OptionsFor(inventoryPath);

        // What came down the pipeline was made from this inventory by a command that has given its warnings.
        var warned = inventoryPath is not null && !inventoryNamed;
        return async pipeline =>
        {
            var inventory = InventoryLoader.LoadOrThrow(
                InventoryLocator.Find(options.InventoryPath, options.WorkingDirectory),
                warned ? SilentReporter.Instance : pipeline.Reporter);
            var workspace = HostingWorkspace.Open(inventory, options, pipeline.Reporter);
            await using (workspace.ConfigureAwait(false))
            {
                await work(workspace, pipeline).ConfigureAwait(false);
            }
        };
    });

    /// <summary>As <see cref="RunOnInventory"/>, for one after the other: where there are several, one that fails does not stop the others.</summary>
    private protected void RunOnEach<T>(
        IEnumerable<T> requests, Func<T, string?> inventoryOf, Func<T, HostingWorkspace, PipelineWork, Task> work)
    {
        var all = requests.ToList();
        OthersFollow = all.Count > 1;
        foreach (var request in all)
        {
            RunOnInventory(inventoryOf(request), (workspace, pipeline) => work(request, workspace, pipeline));
        }
    }

    // The engine would take a relative path against the process's folder, which PowerShell's location leaves behind.
    private string? StatePath()
    {
        var named = Environment.GetEnvironmentVariable("HOSTINGOPS_STATE");
        if (string.IsNullOrWhiteSpace(named))
        {
            return null;
        }

        // An ending separator says that it is a folder.
        return Path.EndsInDirectorySeparator(named)
            ? Path.TrimEndingDirectorySeparator(FileSystemPath(named)!) + Path.DirectorySeparatorChar
            : FileSystemPath(named);
    }
}
