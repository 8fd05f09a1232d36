namespace HostingOps.Engine.Health;

/// <summary>Tells a reporter how far the probing of a fleet has come, at most ten times a second.</summary>
internal sealed class ProbeProgress(IOperationReporter reporter, TimeProvider clock, int total)
{
    /// <summary>The activity's one text.</summary>
    public const string Activity = "Probing sites";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly long started = clock.GetTimestamp();
    private long lastReport;
    private int done;

    /// <summary>Says that it begins.</summary>
    public void Begin()
    {
        lastReport = clock.GetTimestamp();
        reporter.Progress(new OperationProgress { Activity = Activity, Total = total });
    }

    /// <summary>Counts one more.</summary>
    public void Advance(string siteName)
    {
        done++;
        var now = clock.GetTimestamp();
        if (clock.GetElapsedTime(lastReport, now) < Pause)
        {
            return;
        }

        lastReport = now;
        reporter.Progress(new OperationProgress
        {
            Activity = Activity,
            CurrentItem = siteName,
            Done = done,
            Total = total,
            Remaining = clock.GetElapsedTime(started, now) / done * (total - done),
        });
    }

    /// <summary>Says that it has ended, whether or not all were done.</summary>
    public void End() => reporter.Progress(new OperationProgress { Activity = Activity, Done = done, Total = total, Completed = true });
}
