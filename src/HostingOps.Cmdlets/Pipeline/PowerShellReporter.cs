namespace HostingOps.Cmdlets.Pipeline;

/// <summary>
/// Sends what the engine reports to the pipeline thread. A warning is given once per cause, for five thousand sites
/// behind one broken thing need one line; progress at most ten times a second, for drawing it costs more than the work.
/// </summary>
internal sealed class PowerShellReporter(EmissionQueue queue, TimeProvider time, WarningsGiven? given = null) : IOperationReporter
{
    private static readonly TimeSpan ProgressInterval = TimeSpan.FromMilliseconds(100);
    private readonly object gate = new();
    private readonly WarningsGiven warned = given ?? new WarningsGiven();
    private readonly Dictionary<string, long> shownAt = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (OperationProgress Progress, long At)> open = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public void Progress(OperationProgress progress)
    {
        var now = time.GetTimestamp();
        lock (gate)
        {
            if (progress.Completed)
            {
                open.Remove(progress.Activity);
            }
            else
            {
                open[progress.Activity] = (progress, now);
            }

            // The end is always shown, or the bar would stay on the screen.
            if (!progress.Completed
                && shownAt.TryGetValue(progress.Activity, out var last)
                && time.GetElapsedTime(last, now) < ProgressInterval)
            {
                return;
            }

            shownAt[progress.Activity] = now;
        }

        queue.Post(new ProgressEmission(progress));
    }

    /// <summary>The activities that have not ended, in the order in which they began, with the time left by now.</summary>
    public IReadOnlyList<Emission> Open()
    {
        lock (gate)
        {
            return [.. open.Values.Select(last => new ProgressEmission(last.Progress with { Remaining = Less(last.Progress.Remaining, last.At) }))];
        }
    }

    /// <inheritdoc/>
    public void Verbose(string message) => queue.Post(new VerboseEmission(message));

    /// <inheritdoc/>
    public void Debug(string message) => queue.Post(new DebugEmission(message));

    /// <inheritdoc/>
    public void Warning(string message)
    {
        if (warned.Add(message))
        {
            queue.Post(new WarningEmission(message));
        }
    }

    private TimeSpan? Less(TimeSpan? remaining, long since) => remaining is not { } left ? null
        : left > time.GetElapsedTime(since) ? left - time.GetElapsedTime(since)
        : TimeSpan.Zero;
}
