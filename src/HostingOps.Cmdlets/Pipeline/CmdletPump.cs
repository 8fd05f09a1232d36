using System.Runtime.ExceptionServices;

namespace HostingOps.Cmdlets.Pipeline;

/// <summary>
/// Runs asynchronous work off the pipeline thread while that thread delivers what the work emits, as it arrives.
/// Knows no PowerShell type, so it is tested without PowerShell.
/// </summary>
internal static class CmdletPump
{
    /// <summary>Objects made and not yet taken by the pipeline, at most.</summary>
    public const int Capacity = 256;

    /// <summary>How long a stopped pipeline waits for the work to leave its waits and journal where it stands.</summary>
    public static readonly TimeSpan StopGrace = TimeSpan.FromMilliseconds(800);

    // A terminal leaves out progress that comes too quickly after other progress, and shows it only when more comes. While
    // the work waits, nothing would come, and neither would the time left run down.
    private static readonly TimeSpan Heartbeat = TimeSpan.FromMilliseconds(500);

    /// <summary>Runs the work to its end. Must be called on the pipeline thread.</summary>
    /// <returns>What the work threw, or null: kept apart from what the sink throws, which belongs to the pipeline and passes untouched.</returns>
    /// <param name="work">What is to be done. Everything it waits for must take <see cref="PipelineWork.Token"/>.</param>
    /// <param name="sink">Where its emissions go.</param>
    /// <param name="stop">Cancelled when the user stops the pipeline.</param>
    /// <param name="given">The warnings that the command has given already; null for none.</param>
    /// <exception cref="OperationCanceledException">The pipeline was stopped; the work was cancelled and has had its grace.</exception>
    public static Exception? Run(Func<PipelineWork, Task> work, IEmissionSink sink, CancellationToken stop, WarningsGiven? given = null)
    {
        var cancel = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var queue = new EmissionQueue(Capacity);
        var context = new PipelineWork(queue, cancel.Token, given);
        var running = Task.Run(() => work(context), CancellationToken.None);
        _ = running.ContinueWith(
            ended =>
            {
                // Reading it marks it as seen: an abandoned failure has nobody left to be told.
                _ = ended.Exception;
                queue.Complete();
                cancel.Dispose();
            },
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);

        ExceptionDispatchInfo? unwanted = null;
        try
        {
            List<Emission> batch = [];
            while (queue.TakeAll(ref batch, stop, Heartbeat))
            {
                if (batch.Count == 0)
                {
                    batch.AddRange(context.OpenProgress());
                }

                DeliverAll(batch, sink, context, stop, ref unwanted);
                batch.Clear();
            }

            stop.ThrowIfCancellationRequested();
        }
        catch
        {
            Cancel(cancel);
            queue.Abandon();
            WaitBriefly(running);
            foreach (var warning in queue.LastWarnings())
            {
                sink.LastWarning(warning);
            }

            throw;
        }

        var failure = FailureOf(running);
        if (unwanted is not null)
        {
            if (failure is not null and not OperationCanceledException)
            {
                DeliverLeftover(new ErrorEmission(failure, null), sink);
            }

            unwanted.Throw();
        }

        return failure;
    }

    private static Exception? FailureOf(Task ended)
    {
        try
        {
            ended.GetAwaiter().GetResult();
            return null;
        }
        catch (Exception error)
        {
            return error;
        }
    }

    private static void DeliverAll(
        List<Emission> batch, IEmissionSink sink, PipelineWork work, CancellationToken stop, ref ExceptionDispatchInfo? unwanted)
    {
        var delivered = 0;
        try
        {
            foreach (var emission in batch)
            {
                delivered++;
                if (unwanted is not null)
                {
                    DeliverLeftover(emission, sink);
                    continue;
                }

                try
                {
                    emission.Deliver(sink);
                }
                catch (Exception end) when (!stop.IsCancellationRequested)
                {
                    // Decided once: between a look at it and the cancellation the work might begin to change the world.
                    if (work.TryGiveUp())
                    {
                        throw;
                    }

                    unwanted = ExceptionDispatchInfo.Capture(end);
                }
            }
        }
        catch
        {
            foreach (var emission in batch.Skip(delivered))
            {
                emission.Abandon();
            }

            throw;
        }
    }

    // The pipeline has ended for its user, but an error or a warning of the work that goes on must still be seen.
    private static void DeliverLeftover(Emission emission, IEmissionSink sink)
    {
        if (emission.OnlyWhileWanted)
        {
            emission.Abandon();
            return;
        }

        try
        {
            emission.Deliver(sink);
        }
        catch (Exception)
        {
            // The first of these is what ends the pipeline; with -ErrorAction Stop each further error throws again.
        }
    }

    private static void Cancel(CancellationTokenSource cancel)
    {
        try
        {
            // Asynchronous, or the work's continuations would run here, on the pipeline thread.
            _ = cancel.CancelAsync();
        }
        catch (ObjectDisposedException)
        {
            // The work ended in this very moment, so there is nothing left to cancel.
        }
    }

    private static void WaitBriefly(Task running)
    {
        try
        {
            running.Wait(StopGrace);
        }
        catch (AggregateException)
        {
            // The reason for stopping is the one to report; how the work took it is not.
        }
    }
}
