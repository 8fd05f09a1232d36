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
    private readonly SemaphoreSlim asked = new(0, 1);
    private readonly FileStamp? opened = FileStamp.Of(path);

    /// <summary>Why the file as it is now is not in use, or null.</summary>
    public string? Problem { get; private set; }

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
    /// <param name="ended">Is given what was opened, or null when it can't be used.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task RunAsync(Action began, Action<HostingWorkspace?> ended, CancellationToken cancellationToken)
    {
        var (known, seen) = (opened, opened);
        while (true)
        {
            var isAsked = await WaitAsync(cancellationToken).ConfigureAwait(false);
            var now = FileStamp.Of(path);

            // A file that still changes is being written; it is read once it has stayed as it is from one look to the next.
            var isSettled = now == seen;
            seen = now;
            if (!isAsked && (now == known || !isSettled))
            {
                continue;
            }

            known = now;
            began();
            ended(Open());
        }
    }

    private HostingWorkspace? Open()
    {
        try
        {
            var workspace = open();
            if (Problem is not null)
            {
                reporter.Warning($"The inventory '{path}' can be read again, and is in use.");
            }

            Problem = null;
            return workspace;
        }
        catch (HostingException error)
        {
            if (error.Message != Problem)
            {
                reporter.Warning($"The inventory was not read again; the last good one stays in use. {error.Message}");
            }

            Problem = error.Message;
            return null;
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
