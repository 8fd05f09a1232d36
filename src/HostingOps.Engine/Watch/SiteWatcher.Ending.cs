using HostingOps.Engine.State;

namespace HostingOps.Engine.Watch;

/// <content>How it ends in time, and what is closed when.</content>
public sealed partial class SiteWatcher
{
    // Five seconds after it was asked to, a watcher has ended; these are the shares of those who might keep it.
    private static readonly TimeSpan WorkEnds = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RetiredEnd = TimeSpan.FromMilliseconds(500);

    private static readonly TimeSpan RetiredOpen = TimeSpan.FromMinutes(15);

    private readonly List<(HostingWorkspace Workspace, long At)> retired = [];

    // The last verdicts, how it ended, and the right to watch.
    private async Task GiveBackAsync(SiteLease lease, LeaseRenewal renewal, string ending, TimeSpan limit)
    {
        await WithinAsync(
            () =>
            {
                keeper.End(loop, Current.Inventory, ending);
                renewal.Dispose();
                lease.Dispose();
                return Task.CompletedTask;
            },
            limit).ConfigureAwait(false);
        loop?.Dispose();
    }

    private void Retire(HostingWorkspace workspace)
    {
        lock (retired)
        {
            retired.Add((workspace, parts.Time.GetTimestamp()));
        }
    }

    private async Task DisposeRetiredAsync(bool everything)
    {
        List<(HostingWorkspace Workspace, long At)> over;
        lock (retired)
        {
            over = retired.FindAll(old => everything || (!old.Workspace.IsInUse && parts.Time.GetElapsedTime(old.At) > RetiredOpen));
            retired.RemoveAll(over.Contains);
        }

        foreach (var workspace in over.Select(static old => old.Workspace).Concat(everything ? [Current] : []).Where(old => !ReferenceEquals(old, parts.Workspace)))
        {
            try
            {
                await workspace.DisposeAsync().ConfigureAwait(false);
            }
            catch (Exception error)
            {
                parts.Reporter.Warning($"An inventory that is not in use any more could not be closed: {error.Message}");
            }
        }
    }

    // On another thread: the state database is waited for without a token.
    private async Task WithinAsync(Func<Task> end, TimeSpan limit)
    {
        try
        {
            await Task.Run(end, CancellationToken.None).WaitAsync(limit, parts.Time).ConfigureAwait(false);
        }
        catch (Exception error) when (error is OperationCanceledException or TimeoutException)
        {
            // Cancelled, as it should be; or left behind, since the process has to end now.
        }
        catch (Exception error)
        {
            parts.Reporter.Warning($"At the end of the watch: {error.Message}");
        }
    }

    /// <summary>The inventory in use.</summary>
    private sealed record OpenInventory(HostingWorkspace Workspace, DateTimeOffset ReadAt);
}
