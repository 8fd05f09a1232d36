using HostingOps.Engine.Health;

namespace HostingOps.Engine.Watch;

/// <summary>
/// What is known of this machine's own view of the world. Asked while failures are judged, beside their confirmation, and never
/// more often than is needed. Belongs to the loop.
/// </summary>
/// <param name="askAsync">Asks the known-good addresses.</param>
/// <param name="time">The clock.</param>
/// <param name="stop">Gives what ends the asking.</param>
/// <param name="post">Has something done in the loop.</param>
/// <param name="answered">Is called in the loop when an answer has come.</param>
internal sealed class ObserverView(
    Func<CancellationToken, Task<ObserverSanity>> askAsync, TimeProvider time, Func<CancellationToken> stop, Action<Action> post, Action answered)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LeastApart = TimeSpan.FromMilliseconds(500);

    private (DateTimeOffset BegunAt, long EndedAt, ObserverSanity Sanity)? last;
    private TimeSpan? begun;
    private bool isAsking;

    /// <summary>What was answered last, or null when nothing was asked for a while.</summary>
    public ObserverSanity? Answer => last is { } known && time.GetElapsedTime(known.EndedAt) <= Remembered ? known.Sanity : null;

    /// <summary>When it has to be looked at again, or null.</summary>
    public TimeSpan? NextLook { get; private set; }

    /// <summary>Whether there is a fresh answer to a question that was asked after a time.</summary>
    public bool IsKnown(DateTimeOffset since) => last is { } known && known.BegunAt >= since && time.GetElapsedTime(known.EndedAt) <= Fresh;

    /// <summary>Asks, when that is needed and was not done just now.</summary>
    /// <param name="now">Counted as the loop counts.</param>
    /// <param name="isNeeded">Whether an answer may be wanted.</param>
    /// <param name="isUrgent">Whether a verdict waits for it.</param>
    public void LookIfNeeded(TimeSpan now, bool isNeeded, bool isUrgent)
    {
        NextLook = null;
        if (isAsking || !(isNeeded || isUrgent))
        {
            return;
        }

        var due = begun + (isUrgent ? LeastApart : Fresh);
        if (due > now)
        {
            NextLook = due;
            return;
        }

        (begun, isAsking) = (now, true);
        _ = AskAsync(time.GetUtcNow());
    }

    private async Task AskAsync(DateTimeOffset begunAt)
    {
        ObserverSanity sanity;
        try
        {
            sanity = await askAsync(stop()).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stop().IsCancellationRequested)
        {
            return;
        }
        catch (Exception error)
        {
            sanity = new ObserverSanity(false, true, $"The known-good addresses could not be asked: {error.Message}");
        }

        post(() =>
        {
            isAsking = false;
            last = (begunAt, time.GetTimestamp(), sanity);
            answered();
        });
    }
}
