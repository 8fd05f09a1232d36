namespace HostingOps.Cmdlets.Pipeline;

/// <summary>
/// Carries emissions from any number of threads to the one pipeline thread, in order. Objects wait for room, so that a
/// slow command downstream slows the work instead of filling memory; messages never wait.
/// </summary>
internal sealed class EmissionQueue(int capacity)
{
    private readonly object gate = new();
    private List<Emission> waiting = [];
    private TaskCompletionSource? room;
    private bool completed;
    private bool abandoned;

    /// <summary>Adds an emission without waiting. After <see cref="Abandon"/> it is dropped.</summary>
    public void Post(Emission emission)
    {
        lock (gate)
        {
            if (!abandoned || emission is WarningEmission)
            {
                waiting.Add(emission);
                Monitor.Pulse(gate);
                return;
            }
        }

        emission.Abandon();
    }

    /// <summary>Adds an emission once there is room.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled, or nobody drains the queue any more.</exception>
    public async ValueTask PostWithRoomAsync(Emission emission, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task free;
            cancellationToken.ThrowIfCancellationRequested();
            lock (gate)
            {
                if (abandoned)
                {
                    throw new OperationCanceledException("The pipeline has ended.");
                }

                if (waiting.Count < capacity)
                {
                    waiting.Add(emission);
                    Monitor.Pulse(gate);
                    return;
                }

                room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                free = room.Task;
            }

            await free.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Waits for emissions and takes all there are, swapping them with <paramref name="batch"/>, which must be empty.
    /// </summary>
    /// <param name="batch">Empty; afterwards what was taken, or still empty when the patience has run out.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <param name="patience">How long to wait for the first; null for as long as it takes.</param>
    /// <returns>False when there will be no more, or when <paramref name="cancellationToken"/> was cancelled first.</returns>
    public bool TakeAll(ref List<Emission> batch, CancellationToken cancellationToken, TimeSpan? patience = null)
    {
        using var wake = cancellationToken.UnsafeRegister(static state => ((EmissionQueue)state!).Wake(), this);
        lock (gate)
        {
            while (waiting.Count == 0 && !completed && !cancellationToken.IsCancellationRequested)
            {
                if (!Monitor.Wait(gate, patience ?? Timeout.InfiniteTimeSpan) && waiting.Count == 0)
                {
                    return true;
                }
            }

            if (cancellationToken.IsCancellationRequested || waiting.Count == 0)
            {
                return false;
            }

            (batch, waiting) = (waiting, batch);
            ReleaseRoom();
            return true;
        }
    }

    /// <summary>Says that the work has ended: what is queued is still delivered.</summary>
    public void Complete()
    {
        lock (gate)
        {
            completed = true;
            Monitor.PulseAll(gate);
        }
    }

    /// <summary>
    /// Says that nobody drains any more: whoever waits, for room or for an answer, is cancelled. Warnings are still kept,
    /// for <see cref="LastWarnings"/>.
    /// </summary>
    public void Abandon()
    {
        List<Emission> dropped;
        lock (gate)
        {
            abandoned = true;
            dropped = waiting;
            waiting = [.. dropped.Where(static emission => emission is WarningEmission)];
            ReleaseRoom();
        }

        foreach (var emission in dropped)
        {
            emission.Abandon();
        }
    }

    /// <summary>Takes the warnings that nobody was given.</summary>
    public IReadOnlyList<string> LastWarnings()
    {
        lock (gate)
        {
            var left = waiting.OfType<WarningEmission>().Select(static warning => warning.Message).ToList();
            waiting = [];
            return left;
        }
    }

    private void ReleaseRoom()
    {
        room?.TrySetResult();
        room = null;
    }

    private void Wake()
    {
        lock (gate)
        {
            Monitor.PulseAll(gate);
        }
    }
}
