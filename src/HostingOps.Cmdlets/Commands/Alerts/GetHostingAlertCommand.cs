using System.Management.Automation;
using HostingOps.Cmdlets.Pipeline;

namespace HostingOps.Cmdlets.Commands.Alerts;

/// <summary>Shows what people were told, and what could not be delivered.</summary>
[Cmdlet(VerbsCommon.Get, "HostingAlert")]
[OutputType(typeof(HostingAlertDelivery))]
public sealed class GetHostingAlertCommand : HostingInventoryCmdlet
{
    /// <summary>Only those that were given up.</summary>
    [Parameter]
    public SwitchParameter Undelivered { get; set; }

    /// <summary>The newest, at most this many.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int First { get; set; } = 50;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var (outcome, first) = (Undelivered ? AlertDeliveryOutcome.Undelivered : (AlertDeliveryOutcome?)null, First);
        RunOnInventory(InventoryPath, async (workspace, work) =>
        {
            foreach (var delivery in workspace.GetAlerts(outcome, first))
            {
                await work.WriteAsync(delivery).ConfigureAwait(false);
            }
        });
    }
}
