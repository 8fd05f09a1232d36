using System.Management.Automation;

namespace HostingOps.Cmdlets.Commands.Alerts;

/// <summary>Shows what people were told, and what could not be delivered.</summary>
[Cmdlet(VerbsCommon.Get, "HostingAlert")]
[OutputType(typeof(HostingAlertDelivery))]
public sealed class GetHostingAlertCommand : NewestCmdlet
{
    /// <summary>Only those that were given up.</summary>
    [Parameter]
    public SwitchParameter Undelivered { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        AlertDeliveryOutcome? outcome = Undelivered ? AlertDeliveryOutcome.Undelivered : null;
        WriteNewest((workspace, first) => workspace.GetAlerts(outcome, first));
    }
}
