using System.Globalization;

namespace HostingOps.Engine.Mirror.Crawling;

/// <summary>Tells a reporter four times a second how far a crawl has come: pages, bytes, answers in a second, what waits.</summary>
internal sealed class CrawlProgress : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly object gate = new();
    private readonly IOperationReporter reporter;
    private readonly TimeProvider clock;
    private readonly CrawlTally tally;
    private readonly Func<int> waiting;
    private readonly string activity;
    private readonly long started;
    private readonly ITimer timer;
    private bool ended;

    /// <summary>Begins to tell.</summary>
    public CrawlProgress(IOperationReporter reporter, TimeProvider clock, string siteName, CrawlTally tally, Func<int> waiting)
    {
        this.reporter = reporter;
        this.clock = clock;
        this.tally = tally;
        this.waiting = waiting;
        activity = $"Mirroring {siteName}";
        started = clock.GetTimestamp();
        timer = clock.CreateTimer(_ => Tell(), null, TimeSpan.Zero, Pause);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        timer.Dispose();
        lock (gate)
        {
            ended = true;
            reporter.Progress(new OperationProgress { Activity = activity, Completed = true });
        }
    }

    /// <summary>A number of bytes as people read it.</summary>
    public static string Size(long bytes) => bytes switch
    {
        < 10_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes} B"),
        < 10_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e3:0} kB"),
        < 10_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0} MB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.0} GB"),
    };

    private void Tell()
    {
        var counts = tally.Counts;
        var left = Math.Max(0, waiting());
        var seconds = Math.Max(clock.GetElapsedTime(started).TotalSeconds, 0.25);
        lock (gate)
        {
            if (!ended)
            {
                reporter.Progress(new OperationProgress
                {
                    Activity = activity,
                    CurrentItem = string.Create(
                        CultureInfo.InvariantCulture, $"{counts.Pages:N0} pages, {Size(counts.Bytes)}, {(counts.Kept + counts.Missing + counts.Failed) / seconds:0}/s, {left:N0} waiting"),
                    Done = counts.Settled,
                    Total = counts.Settled + left,
                });
            }
        }
    }
}
