using System.Management.Automation;
using HostingOps.Cmdlets.Pipeline;

namespace HostingOps.Cmdlets.Commands.Runbooks;

/// <summary>Stops sandboxes: those given, or all that were started in this session.</summary>
[Cmdlet(VerbsLifecycle.Stop, "HostingSandbox", SupportsShouldProcess = true)]
[OutputType(typeof(HostingSandbox))]
public sealed class StopHostingSandboxCommand : HostingCmdlet
{
    /// <summary>The sandboxes of Start-HostingSandbox; all of this session when not given.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    public HostingSandbox[]? Sandbox { get; set; }

    /// <summary>Give the sandboxes that were stopped.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var module = MyInvocation.MyCommand.Module;
        foreach (var sandbox in Sandbox ?? SandboxRegister.All(module))
        {
            if (sandbox.IsRunning && !Confirmed(() => ShouldProcess($"{sandbox.Id} at {sandbox.EndpointUrl}", "Stop sandbox")))
            {
                continue;
            }

            Run(async work => await sandbox.DisposeAsync().ConfigureAwait(false));
            SandboxRegister.Remove(module, sandbox);
            if (PassThru)
            {
                WriteObject(sandbox);
            }
        }
    }
}
