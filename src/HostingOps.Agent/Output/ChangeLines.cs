using System.Globalization;
using System.Threading.Channels;

namespace HostingOps.Agent.Output;

/// <summary>
/// Writes the watcher's changes beside it: whoever reads the output and stops reading must not stop the checks. What doesn't fit any
/// more is left out, the oldest first, and counted.
/// </summary>
internal sealed class ChangeLines
{
    /// <summary>Changes that wait at most: more than a fleet of 5,000 sites has in a bad minute.</summary>
    public const int Most = 20_000;

    // The process has five seconds to end.
    private static readonly TimeSpan LastWait = TimeSpan.FromMilliseconds(400);

    private readonly CancellationTokenSource broken = new();
    private readonly Channel<SiteWatchChange> waiting;
    private readonly Task writing;
    private int leftOut;

    /// <param name="show">Writes one.</param>
    /// <param name="warn">Is told what was left out.</param>
    public ChangeLines(Action<SiteWatchChange> show, Action<string> warn)
    {
        waiting = Channel.CreateBounded<SiteWatchChange>(
            new BoundedChannelOptions(Most) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true }, _ => Interlocked.Increment(ref leftOut));
        Broken = broken.Token;
        writing = Task.Run(() => WriteAsync(show, warn));
    }

    /// <summary>Is cancelled when the output can't be written.</summary>
    public CancellationToken Broken { get; }

    /// <summary>Has a change written; never waits.</summary>
    public void Add(SiteWatchChange change) => waiting.Writer.TryWrite(change);

    /// <summary>Waits until all is written, or for a moment only where the process has to end.</summary>
    /// <exception cref="IOException">The output could not be written.</exception>
    public async Task EndAsync(bool isUrgent)
    {
        waiting.Writer.TryComplete();
        try
        {
            await writing.WaitAsync(isUrgent ? LastWait : Timeout.InfiniteTimeSpan);
        }
        catch (TimeoutException)
        {
            // Nobody reads; it goes with the process.
        }
    }

    private async Task WriteAsync(Action<SiteWatchChange> show, Action<string> warn)
    {
        try
        {
            await foreach (var change in waiting.Reader.ReadAllAsync())
            {
                if (Interlocked.Exchange(ref leftOut, 0) is > 0 and var count)
                {
                    warn(string.Create(CultureInfo.InvariantCulture, $"{count} changes were left out, for the output was not read in time. The status has all that holds now."));
                }

                show(change);
            }
        }
        catch
        {
            await broken.CancelAsync();
            throw;
        }
    }
}
