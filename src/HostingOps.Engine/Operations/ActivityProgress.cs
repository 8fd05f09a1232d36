namespace HostingOps.Engine.Operations;

/// <summary>
/// Tells a reporter how far an activity has come, at most ten times a second, with the time left. Ends it when disposed of,
/// also after an error or a stop. Safe for use from several threads.
/// </summary>
internal sealed class ActivityProgress : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly object gate = new();
    private readonly IOperationReporter reporter;
    private readonly TimeProvider clock;
    private readonly OperationProgress begin;
    private readonly long started;
    private long lastReport;
    private TimeSpan? remaining;
    private int done;
    private bool ended;

    /// <summary>Begins the activity.</summary>
    /// <param name="reporter">Who is told.</param>
    /// <param name="clock">For the pace and the time left.</param>
    /// <param name="activity">Its one text.</param>
    /// <param name="total">All items.</param>
    /// <param name="parent">The activity that it is a part of, or null.</param>
    public ActivityProgress(IOperationReporter reporter, TimeProvider clock, string activity, int total, string? parent = null)
    {
        this.reporter = reporter;
        this.clock = clock;
        begin = new OperationProgress { Activity = activity, Total = total, Parent = parent };
        started = lastReport = clock.GetTimestamp();
        reporter.Progress(begin);
    }

    /// <summary>Counts more items as done.</summary>
    /// <param name="item">The item that is named, or null.</param>
    /// <param name="count">How many.</param>
    public void Advance(string? item, int count = 1)
    {
        lock (gate)
        {
            done += count;
            Report(item, always: false);
        }
    }

    /// <summary>Names what is being done now; none more is done.</summary>
    public void Now(string item)
    {
        lock (gate)
        {
            Report(item, always: true);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (gate)
        {
            if (!ended)
            {
                ended = true;
                reporter.Progress(begin with { Done = done, Completed = true });
            }
        }
    }

    // Reported under the lock, or two threads' counts would arrive in the wrong order.
    private void Report(string? item, bool always)
    {
        var now = clock.GetTimestamp();
        var since = clock.GetElapsedTime(lastReport, now);
        if (ended || (!always && since < Pause))
        {
            return;
        }

        remaining = TimeLeft.Estimate(remaining, since, clock.GetElapsedTime(started, now), done, begin.Total);
        lastReport = now;
        reporter.Progress(begin with { CurrentItem = item, Done = done, Remaining = remaining });
    }
}
