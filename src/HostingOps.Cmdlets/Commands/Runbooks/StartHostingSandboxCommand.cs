using System.Globalization;
using System.Management.Automation;
using System.Runtime.InteropServices;
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
                    SandboxRegister.Add(module, sandbox);
                    StopAtExit(sandbox);
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

    // A shell that ends does not remove its modules, and the sandbox's folder would stay behind.
    private void StopAtExit(HostingSandbox sandbox)
    {
        // A closed terminal or a service manager ends a shell without that event. The signal goes on to do what it does.
        var signals = new[] { PosixSignal.SIGHUP, PosixSignal.SIGTERM }
            .Select(signal => PosixSignalRegistration.Create(signal, _ => sandbox.Dispose())).ToArray();
        Events.SubscribeEvent(
            null,
            null,
            PSEngineEvent.Exiting,
            null,
            (_, _) =>
            {
                // They are held here, for a registration that is collected is none.
                Array.ForEach(signals, static signal => signal.Dispose());
                sandbox.Dispose();
            },
            supportEvent: true,
            forwardEvent: false);
    }
}
