using System.Management.Automation;
using HostingOps.Cmdlets.Pipeline;

namespace HostingOps.Cmdlets.Commands.Alerts;

/// <summary>Shows the incidents that a watcher has seen.</summary>
[Cmdlet(VerbsCommon.Get, "HostingIncident")]
[OutputType(typeof(HostingIncident))]
public sealed class GetHostingIncidentCommand : HostingInventoryCmdlet
{
    /// <summary>Only those that last.</summary>
    [Parameter]
    public SwitchParameter Open { get; set; }

    /// <summary>The newest, at most this many.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int First { get; set; } = 50;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var (open, first) = (Open, First);
        RunOnInventory(InventoryPath, async (workspace, work) =>
        {
            foreach (var incident in workspace.GetIncidents(open, first))
            {
                await work.WriteAsync(incident).ConfigureAwait(false);
            }
        });
    }
}
