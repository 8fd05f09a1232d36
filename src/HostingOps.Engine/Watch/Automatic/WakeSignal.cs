namespace HostingOps.Engine.Watch.Automatic;

/// <summary>Wakes one who waits; several wishes are one. Safe for several threads.</summary>
internal sealed class WakeSignal
{
    private readonly object gate = new();
    private TaskCompletionSource waiting = New();

    /// <summary>Ends the present wait, or the next.</summary>
    public void Set()
    {
        lock (gate)
        {
            waiting.TrySetResult();
        }
    }

    /// <summary>Waits for the signal, or until the time has passed.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task WaitAsync(TimeSpan atMost, TimeProvider time, CancellationToken cancellationToken)
    {
        Task set;
        lock (gate)
        {
            set = waiting.Task;
        }

        try
        {
            await set.WaitAsync(atMost, time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            return;
        }

        lock (gate)
        {
            waiting = New();
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
