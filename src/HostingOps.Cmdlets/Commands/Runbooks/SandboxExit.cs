using System.Management.Automation;
using System.Runtime.InteropServices;

namespace HostingOps.Cmdlets.Commands.Runbooks;

/// <summary>
/// Stops a sandbox when the shell ends: a shell that ends does not remove its modules, and the sandbox's folder would stay
/// behind. Made and disposed on the pipeline thread.
/// </summary>
internal sealed class SandboxExit : IDisposable
{
    private readonly PSEventManager events;
    private readonly PSEventSubscriber subscriber;

    // A closed terminal or a service manager ends a shell without the event. The signal goes on to do what it does.
    private readonly PosixSignalRegistration[] signals;

    public SandboxExit(HostingSandbox sandbox, PSEventManager events)
    {
        this.events = events;
        signals = [.. new[] { PosixSignal.SIGHUP, PosixSignal.SIGTERM }.Select(signal => PosixSignalRegistration.Create(signal, _ => sandbox.Dispose()))];
        subscriber = events.SubscribeEvent(
            null,
            null,
            PSEngineEvent.Exiting,
            null,
            (_, _) => sandbox.Dispose(),
            supportEvent: true,
            forwardEvent: false);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Array.ForEach(signals, static signal => signal.Dispose());
        events.UnsubscribeEvent(subscriber);
    }
}
