using System.Threading.Channels;
using HostingOps.Engine.Watch.Checking;
using HostingOps.Engine.Watch.Scheduling;
using HostingOps.Engine.Watch.Verdicts;

namespace HostingOps.Engine.Watch;

/// <summary>
/// The one loop in which checks begin and their ends are judged. All that it knows is changed by it alone, between two waits; what
/// others want of it is posted. Times are counted from its beginning by a clock that nobody sets.
/// </summary>
internal sealed partial class WatchLoop : IDisposable
{
    private readonly object gate = new();
    private readonly Channel<Action> posted = Channel.CreateUnbounded<Action>(new UnboundedChannelOptions { SingleReader = true });
    private readonly List<Action<IWatchListener>> news = [];
    private readonly HashSet<object> reported = new(ReferenceEqualityComparer.Instance);
    private readonly CheckScheduler<WatchedState> scheduler;
    private readonly ITargetChecker checker;
    private readonly ObserverView observer;
    private readonly WatchLoopSettings settings;
    private readonly TimeProvider time;
    private readonly long origin;
    private readonly LagGauge lag = new();
    private readonly LagGauge stalls = new();
    private CancellationToken stop;
    private long begun;

    /// <summary>Makes a loop that watches nothing yet.</summary>
    public WatchLoop(ITargetChecker checker, WatchLoopSettings settings, TimeProvider time)
    {
        this.checker = checker;
        this.settings = settings;
        this.time = time;
        origin = time.GetTimestamp();
        StartedAt = time.GetUtcNow();
        scheduler = new CheckScheduler<WatchedState>(settings.Places);
        observer = new ObserverView(settings.AskObserverAsync, time, () => stop, Post, TakeHeld);
    }

    /// <summary>When it began (UTC).</summary>
    public DateTimeOffset StartedAt { get; }

    private TimeSpan Now => time.GetElapsedTime(origin);

    /// <summary>Has something done in the loop, soon.</summary>
    public void Post(Action action) => posted.Writer.TryWrite(action);

    /// <summary>Runs until it is cancelled or, for a single round, until nothing is left to check or its time is up.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled: the normal end of a loop without end.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        stop = cancellationToken;
        var timer = time.CreateTimer(_ => Post(static () => { }), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        await using (timer.ConfigureAwait(false))
        {
            TimeSpan? wake = null;
            while (true)
            {
                cancellationToken.ThrowIfCancellationRequested();
                lock (gate)
                {
                    stalls.Note(Now, wake < Now ? Now - wake.Value : TimeSpan.Zero);
                    while (posted.Reader.TryRead(out var action))
                    {
                        action();
                    }

                    wake = Step();
                }

                Tell();
                if (settings.Once && IsRoundOver())
                {
                    return;
                }

                if (wake is { } at)
                {
                    var wait = at - Now;
                    if (wait <= TimeSpan.Zero)
                    {
                        continue;
                    }

                    // Rounded up, for a timer that fires too soon would only be set again.
                    timer.Change(TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds)), Timeout.InfiniteTimeSpan);
                }

                await posted.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (gate)
        {
            foreach (var state in states)
            {
                state.Check.Dispose();
            }
        }

        checker.Dispose();
    }

    /// <summary>Does what is due.</summary>
    /// <returns>When something will be due next, or null.</returns>
    private TimeSpan? Step()
    {
        var now = Now;
        while (looks.TryPeek(out var check, out var due) && (due <= now || check.HasEnded))
        {
            looks.Dequeue();
            LookAt(check, now, now - due);
        }

        while (scheduler.TryBegin(now, out var ticket, out var due))
        {
            Begin(ticket.Target, due, now);
        }

        MakeRoom();
        var doubts = judgement.IsInDoubt && Judge(DoubtJudgedAnew).IsInDoubt;
        observer.LookIfNeeded(now, isNeeded: suspects > 0 || doubts, isUrgent: held > 0);
        TimeSpan?[] times = [scheduler.NextDue, looks.TryPeek(out _, out var look) ? look : null, observer.NextLook];
        return times.Min();
    }

    private void Tell()
    {
        List<Action<IWatchListener>> told;
        lock (gate)
        {
            told = [.. news];
            news.Clear();
        }

        foreach (var item in told)
        {
            foreach (var listener in settings.Listeners)
            {
                try
                {
                    item(listener);
                }
                catch (Exception error)
                {
                    // One that can't take the news must keep neither the others from it nor the sites from their checks.
                    if (reported.Add(listener))
                    {
                        settings.Reporter.Warning($"{listener.Title} failed at the news of a check, and the watch goes on: {error.GetType().Name}: {error.Message}");
                    }
                }
            }
        }
    }
}
