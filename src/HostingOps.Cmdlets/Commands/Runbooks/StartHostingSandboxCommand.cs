using System.Globalization;
using System.Management.Automation;
using HostingOps.Sandbox;

namespace HostingOps.Cmdlets.Commands.Runbooks;

/// <summary>Starts a rehearsal world on this machine's loopback address; nothing in it reaches AWS.</summary>
[Cmdlet(VerbsLifecycle.Start, "HostingSandbox", SupportsShouldProcess = true)]
[OutputType(typeof(HostingSandbox))]
public sealed class StartHostingSandboxCommand : RehearsalInventoryCmdlet
{
    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var module = MyInvocation.MyCommand.Module;
        RunRehearsal(async (inventory, work) =>
        {
            var target = $"{inventory.Sites.Count.ToString(CultureInfo.InvariantCulture)} sites of {inventory.Path}";
            if (!await work.AskAsync(() => Confirmed(() => ShouldProcess(target, "Start sandbox"))).ConfigureAwait(false))
            {
                return;
            }

            var sandbox = await SandboxWorld.StartAsync(inventory, new SandboxOptions(), work.Token).ConfigureAwait(false);
            try
            {
                await work.AskAsync(() =>
                {
                    SandboxRegister.Add(module, sandbox, new SandboxExit(sandbox, Events));
                    return true;
                }).ConfigureAwait(false);
            }
            catch
            {
                // Stopped in this moment: a sandbox that nobody knows of could never be stopped.
                await sandbox.DisposeAsync().ConfigureAwait(false);
                throw;
            }

            await work.WriteAsync(sandbox).ConfigureAwait(false);
        });
    }
}
