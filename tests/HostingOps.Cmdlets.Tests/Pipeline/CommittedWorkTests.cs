using HostingOps.Cmdlets.Pipeline;

namespace HostingOps.Cmdlets.Tests.Pipeline;

/// <summary>Work that has begun to change the world: who may still end it, and who may not.</summary>
public sealed class CommittedWorkTests
{
    [Fact]
    public void Committed_work_is_finished_when_nobody_wants_its_objects_and_its_messages_still_come()
    {
        var finished = false;
        var sink = new RecordingSink { OnOutput = _ => throw new NotSupportedException("enough") };

        var passed = Assert.Throws<NotSupportedException>(() => CmdletPump.Run(
            async work =>
            {
                work.Commit();
                await work.WriteAsync(1);
                await work.WriteAsync(2);
                await work.WriteErrorAsync(new InvalidOperationException("one site"));
                work.Reporter.Warning("slow");
                await Task.Delay(50, work.Token);
                finished = true;
            },
            sink,
            CancellationToken.None));

        Assert.Equal("enough", passed.Message);
        Assert.True(finished);
        Assert.Equal(["object 1", "error one site", "warning slow"], sink.Seen);
    }

    [Fact]
    public void A_warning_that_ends_the_pipeline_does_not_end_committed_work_and_is_what_is_thrown()
    {
        var finished = false;
        var sink = new RecordingSink { OnWarning = text => throw new NotSupportedException(text) };

        var passed = Assert.Throws<NotSupportedException>(() => CmdletPump.Run(
            async work =>
            {
                work.Commit();
                work.Reporter.Warning("first");
                work.Reporter.Warning("second");
                await work.WriteAsync(1);
                finished = true;
                throw new InvalidOperationException("broken in the end");
            },
            sink,
            CancellationToken.None));

        Assert.Equal("first", passed.Message);
        Assert.True(finished);
        Assert.Contains("error broken in the end", sink.Seen);
    }

    [Fact]
    public void Work_that_comes_to_commit_itself_after_the_pipeline_has_ended_begins_nothing()
    {
        using var thrown = new ManualResetEventSlim();
        using var ended = new ManualResetEventSlim();
        var committed = false;
        Exception? refused = null;
        var sink = new RecordingSink
        {
            OnOutput = _ =>
            {
                thrown.Set();
                throw new NotSupportedException("enough");
            },
        };

        Assert.Throws<NotSupportedException>(() => CmdletPump.Run(
            async work =>
            {
                await work.WriteAsync(1);
                thrown.Wait(CancellationToken.None);
                refused = await Record.ExceptionAsync(async () =>
                {
                    // Until it is given up nobody cancels the token, so this ends.
                    await Task.Delay(Timeout.Infinite, work.Token).ContinueWith(static _ => { }, TaskScheduler.Default);
                    work.Commit();
                    committed = true;
                });
                ended.Set();
            },
            sink,
            CancellationToken.None));

        // The pump does not wait for work that was given up.
        Assert.True(ended.Wait(TimeSpan.FromMinutes(1)));
        Assert.False(committed);
        Assert.IsType<OperationCanceledException>(refused);
    }

    [Fact]
    public void Giving_up_and_committing_are_decided_once_however_close_together_they_come()
    {
        for (var round = 0; round < 2_000; round++)
        {
            var work = new PipelineWork(new EmissionQueue(1), CancellationToken.None);
            Exception? refused = null;
            var givenUp = false;

            Parallel.Invoke(() => refused = Record.Exception(work.Commit), () => givenUp = work.TryGiveUp());

            Assert.Equal(givenUp, refused is OperationCanceledException);
        }
    }

    [Fact]
    public void Committed_work_asks_nothing_any_more_once_the_pipeline_has_ended()
    {
        var asked = false;
        var sink = new RecordingSink { OnOutput = _ => throw new NotSupportedException("enough") };

        Assert.Throws<NotSupportedException>(() => CmdletPump.Run(
            async work =>
            {
                work.Commit();
                await work.WriteAsync(1);
                await work.AskAsync(() => asked = true);
            },
            sink,
            CancellationToken.None));

        Assert.False(asked);
    }

    [Fact]
    public void Stopping_cuts_committed_work_off_too_and_its_last_warning_is_given()
    {
        using var stop = new CancellationTokenSource();
        var sink = new RecordingSink();

        Assert.ThrowsAny<OperationCanceledException>(() => CmdletPump.Run(
            async work =>
            {
                work.Commit();
                _ = stop.CancelAsync();
                try
                {
                    await Task.Delay(Timeout.InfiniteTimeSpan, work.Token);
                }
                finally
                {
                    work.Reporter.Warning("Operation 01X was cut off.");
                }
            },
            sink,
            stop.Token));

        Assert.Equal(["last warning Operation 01X was cut off."], sink.Seen);
    }
}
