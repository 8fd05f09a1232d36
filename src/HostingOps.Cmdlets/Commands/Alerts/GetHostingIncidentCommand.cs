using System.Management.Automation;

namespace HostingOps.Cmdlets.Commands.Alerts;

/// <summary>Shows the incidents that a watcher has seen.</summary>
[Cmdlet(VerbsCommon.Get, "HostingIncident")]
[OutputType(typeof(HostingIncident))]
public sealed class GetHostingIncidentCommand : NewestCmdlet
{
    /// <summary>Only those that last.</summary>
    [Parameter]
    public SwitchParameter Open { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        bool open = Open;
        WriteNewest((workspace, first) => workspace.GetIncidents(open, first));
    }
}
