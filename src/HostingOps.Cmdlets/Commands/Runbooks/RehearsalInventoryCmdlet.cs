using HostingOps.Cmdlets.Pipeline;
using HostingOps.Engine;
using HostingOps.Engine.Inventory;

namespace HostingOps.Cmdlets.Commands.Runbooks;

/// <summary>Base of the cmdlets that rehearse: without -InventoryPath they take the example that ships with the module, never the real inventory.</summary>
public abstract class RehearsalInventoryCmdlet : HostingInventoryCmdlet
{
    private static string Example =>
        Path.Combine(Path.GetDirectoryName(typeof(RehearsalInventoryCmdlet).Assembly.Location)!, "..", "samples", "hosting.yml");

    /// <summary>Reads the inventory to rehearse off the pipeline thread, then does the work.</summary>
    private protected void RunRehearsal(Func<HostingInventory, PipelineWork, Task> work) => Run(() =>
    {
        var options = OptionsFor(InventoryPath ?? Path.GetFullPath(Example));
        return pipeline => work(Load(options, pipeline), pipeline);
    });

    private static HostingInventory Load(WorkspaceOptions options, PipelineWork work) =>
        InventoryLoader.LoadOrThrow(InventoryLocator.Find(options.InventoryPath, options.WorkingDirectory), work.Reporter);
}
