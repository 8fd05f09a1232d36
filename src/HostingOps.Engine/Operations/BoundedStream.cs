using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace HostingOps.Engine.Operations;

/// <summary>Does one thing to many items with bounded concurrency and gives each result as soon as it is there.</summary>
internal static class BoundedStream
{
    /// <summary>Runs, in no order of results. A reader who stops reading stops the work.</summary>
    /// <param name="items">What to work on, begun in this order.</param>
    /// <param name="limit">Items under way at once, 1 or more.</param>
    /// <param name="work">Makes one result; an exception ends everything.</param>
    /// <param name="cancellationToken">Ends all at once.</param>
    public static async IAsyncEnumerable<TResult> RunAsync<TItem, TResult>(
        IReadOnlyList<TItem> items,
        int limit,
        Func<TItem, CancellationToken, Task<TResult>> work,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var workers = Math.Min(limit, items.Count);
        if (workers == 0)
        {
            yield break;
        }

        // Bounded, so that a reader who stops reading stops the work; deep enough never to hold a quick reader up.
        var results = Channel.CreateBounded<TResult>(new BoundedChannelOptions(Math.Max(64, 2 * workers)) { SingleReader = true });
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var working = WorkAllAsync(items, workers, work, results.Writer, stop.Token);
        try
        {
            await foreach (var result in results.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                yield return result;
            }
        }
        finally
        {
            // Also reached when the reader leaves early: nothing may go on working behind its back.
            await stop.CancelAsync().ConfigureAwait(false);
            await working.ConfigureAwait(false);
        }
    }

    private static async Task WorkAllAsync<TItem, TResult>(
        IReadOnlyList<TItem> items,
        int workers,
        Func<TItem, CancellationToken, Task<TResult>> work,
        ChannelWriter<TResult> results,
        CancellationToken cancellationToken)
    {
        var next = -1;
        async Task WorkAsync()
        {
            int index;
            while ((index = Interlocked.Increment(ref next)) < items.Count)
            {
                await results.WriteAsync(await work(items[index], cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
            }
        }

        try
        {
            // Started on the pool, or the first items would all begin on the caller's thread.
            await Task.WhenAll(Enumerable.Range(0, workers).Select(_ => Task.Run(WorkAsync, cancellationToken))).ConfigureAwait(false);
            results.Complete();
        }
        catch (Exception exception)
        {
            // Handed to the reader, who is the one to tell; this task itself must not fail, for it is awaited while leaving.
            results.Complete(exception);
        }
    }
}
