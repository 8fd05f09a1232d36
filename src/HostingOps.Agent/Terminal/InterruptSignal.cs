using System.Runtime.InteropServices;

namespace HostingOps.Agent.Terminal;

/// <summary>Ctrl+C and the like: the first cancels, so that the work ends at a known place; the second kills.</summary>
internal sealed class InterruptSignal : IDisposable
{
    private readonly CancellationTokenSource source = new();
    private readonly List<PosixSignalRegistration> registrations = [];
    private readonly Action onFirst;
    private readonly HangupSignal? hangup;
    private int seen;

    public InterruptSignal(Action onFirst, HangupSignal? hangup = null)
    {
        this.onFirst = onFirst;
        this.hangup = hangup;
        foreach (var signal in new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP })
        {
            registrations.Add(PosixSignalRegistration.Create(signal, Handle));
        }
    }

    public CancellationToken Token => source.Token;

    public void Dispose()
    {
        registrations.ForEach(static registration => registration.Dispose());
        source.Dispose();
    }

    private void Handle(PosixSignalContext context)
    {
        if (context.Signal == PosixSignal.SIGHUP && hangup?.Raise() == true)
        {
            context.Cancel = true;
            return;
        }

        // Left alone, the second signal does what the platform does with it: the process dies.
        if (Interlocked.Increment(ref seen) > 1)
        {
            return;
        }

        context.Cancel = true;
        _ = source.CancelAsync();
        try
        {
            onFirst();
        }
        catch (IOException)
        {
            // The terminal has gone, which may be what this signal is about.
        }
    }
}
