using System.Collections.Concurrent;

namespace HostingOps.Engine.Tests.Watch.Watching;

/// <summary>
/// Waits in simulated time whose ends a test can wait for. A wait that is cut off or whose time is up ends on a thread of the pool, which
/// a busy machine may not have for a while; simulated time must not go on meanwhile.
/// </summary>
internal sealed class StagedPauses(TimeProvider clock)
{
    private readonly ConcurrentDictionary<Pause, bool> underWay = new();

    /// <summary>Waits as <see cref="Task.Delay(TimeSpan, TimeProvider, CancellationToken)"/> does.</summary>
    public Task WaitAsync(TimeSpan time, CancellationToken cancellationToken)
    {
        var pause = new Pause(clock.GetUtcNow() + time, cancellationToken);
        underWay.TryAdd(pause, true);
        _ = EndAsync(pause, Task.Delay(time, clock, cancellationToken));
        return pause.Told.Task;
    }

    /// <summary>Waits until none is under way that should have ended, and until those who waited have done what they do at once.</summary>
    /// <returns>Whether there was one.</returns>
    public async Task<bool> EndedAsync()
    {
        var over = underWay.Keys.Where(pause => pause.EndsAt <= clock.GetUtcNow() || pause.CutOff.IsCancellationRequested).Select(static pause => pause.Gone.Task).ToList();
        await Task.WhenAll(over);
        return over.Count > 0;
    }

    private async Task EndAsync(Pause pause, Task delay)
    {
        // Never on the thread of a test, so what waits goes on within SetResult, up to its next wait.
        await delay.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        if (delay.IsCanceled)
        {
            pause.Told.SetCanceled(pause.CutOff);
        }
        else
        {
            pause.Told.SetResult();
        }

        underWay.TryRemove(pause, out _);
        pause.Gone.SetResult();
    }

    private sealed class Pause(DateTimeOffset endsAt, CancellationToken cutOff)
    {
        public DateTimeOffset EndsAt => endsAt;

        public CancellationToken CutOff => cutOff;

        public TaskCompletionSource Told { get; } = new();

        public TaskCompletionSource Gone { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
