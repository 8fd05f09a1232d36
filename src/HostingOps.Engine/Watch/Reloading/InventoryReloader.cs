namespace HostingOps.Engine.Watch.Reloading;

/// <summary>
/// Reads the inventory again when its file has changed, or when it is asked to. Looks at the file rather than waiting to be told:
/// editors replace files, and network file systems tell nothing.
/// </summary>
/// <param name="path">The file.</param>
/// <param name="open">Reads and opens it.</param>
/// <param name="interval">Time between two looks.</param>
/// <param name="reporter">Is told of what can't be read, once for each distinct reason.</param>
/// <param name="time">The clock.</param>
internal sealed class InventoryReloader(string path, Func<HostingWorkspace> open, TimeSpan interval, IOperationReporter reporter, TimeProvider time)
{
    // What kept the file from being used may pass without the file being written: a full disk, a right, a name that was not known.
    private const int LooksAfterFailure = 15;

    private readonly SemaphoreSlim asked = new(0, 1);
    private volatile string? problem;
    private readonly FileStamp? opened = FileStamp.Of(path);

    /// <summary>Why the file as it is now is not in use, or null.</summary>
    public string? Problem => problem;

    /// <summary>Has the file read at once, changed or not.</summary>
    public void Ask()
    {
        try
        {
            asked.Release();
        }
        catch (SemaphoreFullException)
        {
            // Asked for already.
        }
    }

    /// <summary>Looks until it is cancelled.</summary>
    /// <param name="began">Is told that the file is read again.</param>
    /// <param name="take">Is given what was opened. When it throws, the last good one stays in use.</param>
    /// <param name="ended">Is told that the reading is over, whether or not it can be used.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task RunAsync(Action began, Action<HostingWorkspace> take, Action ended, CancellationToken cancellationToken)
    {
        var (known, seen) = (opened, opened);
        var looks = 0;
        while (true)
        {
            var isAsked = await WaitAsync(cancellationToken).ConfigureAwait(false);
            var now = FileStamp.Of(path);

            // A file that still changes is being written; it is read once it has stayed as it is from one look to the next.
            var isSettled = now == seen;
            seen = now;
            var isDue = now != known || (Problem is not null && ++looks >= LooksAfterFailure);
            if (!isAsked && !(isDue && isSettled))
            {
                continue;
            }

            (known, looks) = (now, 0);
            began();
            Read(take);
            ended();
        }
    }

    private void Read(Action<HostingWorkspace> take)
    {
        try
        {
            take(open());
            if (Problem is not null)
            {
                reporter.Warning($"The inventory '{path}' can be read again, and is in use.");
            }

            problem = null;
        }
        catch (Exception error)
        {
            // Whatever it is: a reading that fails must not end the watch of what is known.
            var reason = error is HostingException ? error.Message : $"{error.GetType().Name}: {error.Message}";
            if (reason != Problem)
            {
                reporter.Warning($"The inventory was not read again; the last good one stays in use. {reason}");
            }

            problem = reason;
        }
    }

    private async Task<bool> WaitAsync(CancellationToken cancellationToken)
    {
        using var over = new CancellationTokenSource(interval, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(over.Token, cancellationToken);
        try
        {
            await asked.WaitAsync(either.Token).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return false;
        }
    }
}
