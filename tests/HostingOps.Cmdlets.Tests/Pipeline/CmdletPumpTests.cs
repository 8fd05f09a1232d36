using System.Collections.Concurrent;
using HostingOps.Cmdlets.Pipeline;

namespace HostingOps.Cmdlets.Tests.Pipeline;

public sealed class CmdletPumpTests
{
    private static readonly TimeSpan Generous = TimeSpan.FromSeconds(30);

    [Fact]
    public void Everything_arrives_in_order_on_the_pipeline_thread_whoever_made_it()
    {
        var sink = new RecordingSink();

        var failure = CmdletPump.Run(
            async work =>
            {
                work.Reporter.Verbose("asking");
                await Task.Yield();
                await work.WriteAsync(1);
                work.Reporter.Warning("slow");
                await work.WriteErrorAsync(new InvalidOperationException("one item"));
                await work.WriteAsync(2);
            },
            sink,
            CancellationToken.None);

        Assert.Null(failure);
        Assert.Equal(["verbose asking", "object 1", "warning slow", "error one item", "object 2"], sink.Seen);
        Assert.Equal([Environment.CurrentManagedThreadId], sink.Threads);
    }

    [Fact]
    public void An_object_is_delivered_while_the_work_still_runs()
    {
        using var delivered = new ManualResetEventSlim();
        var sink = new RecordingSink { OnOutput = _ => delivered.Set() };

        var failure = CmdletPump.Run(
            async work =>
            {
                await work.WriteAsync("first");
                Assert.True(delivered.Wait(Generous));
            },
            sink,
            CancellationToken.None);

        Assert.Null(failure);
    }

    [Fact]
    public void What_the_work_throws_comes_back_after_what_it_emitted_before()
    {
        var sink = new RecordingSink();
        var thrown = new HostingException(ErrorIds.SiteBusy, HostingErrorCategory.Conflict, "acme", "Busy.");

        var failure = CmdletPump.Run(
            async work =>
            {
                await work.WriteAsync("kept");
                throw thrown;
            },
            sink,
            CancellationToken.None);

        Assert.Same(thrown, failure);
        Assert.Equal(["object kept"], sink.Seen);
    }

    [Fact]
    public void When_the_pipeline_wants_no_more_the_work_is_cancelled_and_the_pipelines_own_exception_passes()
    {
        var cancelled = new TaskCompletionSource();
        var sink = new RecordingSink { OnOutput = value => throw new NotSupportedException("enough") };

        var passed = Assert.Throws<NotSupportedException>(() => CmdletPump.Run(
            async work =>
            {
                try
                {
                    await work.WriteAsync(1);
                    await Task.Delay(Timeout.InfiniteTimeSpan, work.Token);
                }
                catch (OperationCanceledException)
                {
                    cancelled.SetResult();
                    throw;
                }
            },
            sink,
            CancellationToken.None));

        Assert.Equal("enough", passed.Message);
        Assert.True(cancelled.Task.Wait(Generous));
    }

    [Fact]
    public void Stopping_ends_a_work_that_waits_and_emits_nothing()
    {
        using var stop = new CancellationTokenSource();
        var started = new TaskCompletionSource();
        var ended = new TaskCompletionSource();
        _ = started.Task.ContinueWith(_ => stop.CancelAsync(), TaskScheduler.Default);

        Assert.ThrowsAny<OperationCanceledException>(() => CmdletPump.Run(
            async work =>
            {
                started.SetResult();
                try
                {
                    await Task.Delay(Timeout.InfiniteTimeSpan, work.Token);
                }
                finally
                {
                    ended.SetResult();
                }
            },
            new RecordingSink(),
            stop.Token));

        Assert.True(ended.Task.Wait(Generous));
    }

    [Fact]
    public void Stopping_does_not_wait_for_ever_for_a_work_that_ignores_its_token()
    {
        using var stop = new CancellationTokenSource();
        var release = new TaskCompletionSource();

        Assert.ThrowsAny<OperationCanceledException>(() => CmdletPump.Run(
            async work =>
            {
                await stop.CancelAsync();
                await release.Task;
            },
            new RecordingSink(),
            stop.Token));

        release.SetResult();
    }

    [Fact]
    public void A_question_is_asked_on_the_pipeline_thread_and_the_work_goes_on_elsewhere()
    {
        var pipeline = Environment.CurrentManagedThreadId;
        var askedOn = 0;
        var wentOnOn = 0;

        var failure = CmdletPump.Run(
            async work =>
            {
                Assert.True(await work.AskAsync(() =>
                {
                    askedOn = Environment.CurrentManagedThreadId;
                    return true;
                }));
                wentOnOn = Environment.CurrentManagedThreadId;
            },
            new RecordingSink(),
            CancellationToken.None);

        Assert.Null(failure);
        Assert.Equal(pipeline, askedOn);
        Assert.NotEqual(pipeline, wentOnOn);
    }

    [Fact]
    public void A_question_that_stops_the_pipeline_cancels_the_work()
    {
        var sawCancel = new TaskCompletionSource();

        Assert.Throws<NotSupportedException>(() => CmdletPump.Run(
            async work =>
            {
                try
                {
                    await work.AskAsync<bool>(() => throw new NotSupportedException("Ctrl+C at the prompt"));
                }
                catch (OperationCanceledException)
                {
                    sawCancel.SetResult();
                }
            },
            new RecordingSink(),
            CancellationToken.None));

        Assert.True(sawCancel.Task.Wait(Generous));
    }

    [Fact]
    public void A_slow_pipeline_holds_the_work_back_instead_of_filling_memory()
    {
        var made = 0;
        var most = 0;
        var taken = 0;
        var sink = new RecordingSink
        {
            OnOutput = _ =>
            {
                taken++;
                most = Math.Max(most, Volatile.Read(ref made) - taken);
            },
        };

        CmdletPump.Run(
            async work =>
            {
                for (var index = 0; index < 20_000; index++)
                {
                    await work.WriteAsync(index);
                    Interlocked.Increment(ref made);
                }
            },
            sink,
            CancellationToken.None);

        Assert.Equal(20_000, taken);
        Assert.InRange(most, 0, 2 * CmdletPump.Capacity);
    }

    [Fact]
    public void Many_writers_lose_nothing()
    {
        var got = new ConcurrentBag<int>();
        var sink = new RecordingSink { OnOutput = value => got.Add((int)value) };

        CmdletPump.Run(
            work => Parallel.ForEachAsync(Enumerable.Range(0, 5000), new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (index, _) =>
            {
                await work.WriteAsync(index);
                work.Reporter.Verbose("made");
            }),
            sink,
            CancellationToken.None);

        Assert.Equal(Enumerable.Range(0, 5000), got.Order());
    }

    [Fact]
    public void What_goes_on_is_told_again_while_the_work_waits()
    {
        using var again = new CountdownEvent(3);
        var sink = new RecordingSink { OnProgress = _ => { if (!again.IsSet) { again.Signal(); } } };

        var failure = CmdletPump.Run(
            async work =>
            {
                work.Reporter.Progress(new OperationProgress { Activity = "Waiting", Done = 1, Total = 2 });
                await Task.Run(() => Assert.True(again.Wait(Generous)));
            },
            sink,
            CancellationToken.None);

        Assert.Null(failure);
        Assert.All(sink.Seen, static line => Assert.Equal("progress Waiting 50", line));
    }

    [Fact]
    public void A_warning_is_given_once_in_all_runs_of_one_command()
    {
        var given = new WarningsGiven();
        var sink = new RecordingSink();

        for (var record = 0; record < 3; record++)
        {
            CmdletPump.Run(
                work =>
                {
                    work.Reporter.Warning("The inventory is old.");
                    return Task.CompletedTask;
                },
                sink,
                CancellationToken.None,
                given);
        }

        Assert.Equal(["warning The inventory is old."], sink.Seen);
    }

    [Fact]
    public void A_pump_inside_a_pump_does_not_deadlock()
    {
        var inner = new RecordingSink();
        var outer = new RecordingSink
        {
            OnOutput = value => CmdletPump.Run(async work => await work.WriteAsync($"inner {value}"), inner, CancellationToken.None),
        };

        CmdletPump.Run(
            async work =>
            {
                for (var index = 0; index < 1000; index++)
                {
                    await work.WriteAsync(index);
                }
            },
            outer,
            CancellationToken.None);

        Assert.Equal(1000, inner.Seen.Count);
    }
}
