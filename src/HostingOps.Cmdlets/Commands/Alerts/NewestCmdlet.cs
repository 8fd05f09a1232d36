using System.Management.Automation;
using HostingOps.Cmdlets.Pipeline;
using HostingOps.Engine;

namespace HostingOps.Cmdlets.Commands.Alerts;

/// <summary>Shows the newest of what the state database has of an inventory.</summary>
public abstract class NewestCmdlet : HostingInventoryCmdlet
{
    /// <summary>The newest, at most this many.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int First { get; set; } = 50;

    private protected void WriteNewest<T>(Func<HostingWorkspace, int, IReadOnlyList<T>> read)
        where T : notnull
    {
        var first = First;
        RunOnInventory(InventoryPath, async (workspace, work) =>
        {
            foreach (var item in read(workspace, first))
            {
                await work.WriteAsync(item).ConfigureAwait(false);
            }
        });
    }
}
