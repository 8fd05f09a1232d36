using FsCheck;
using FsCheck.Fluent;
using HostingOps.Engine.Aws;
using HostingOps.Testing;

namespace HostingOps.Aws.Tests;

/// <summary>The pace of requests, on a clock moved by hand.</summary>
public sealed class RequestPaceTests
{
    [Fact]
    public async Task Five_requests_a_second_pass_and_the_sixth_waits()
    {
        var time = new ManualTimeProvider();
        var pace = new RequestPace(time, initial: 5, lowest: 0.5, highest: 10);

        for (var request = 0; request < 5; request++)
        {
            Assert.True(pace.WaitAsync(CancellationToken.None).IsCompletedSuccessfully, $"Request {request} waited.");
        }

        var sixth = pace.WaitAsync(CancellationToken.None);
        Assert.False(sixth.IsCompleted);
        time.Advance(TimeSpan.FromMilliseconds(200));
        await sixth.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public void Answers_raise_the_rate_to_its_ceiling_and_throttling_halves_it_to_its_floor()
    {
        var pace = new RequestPace(new ManualTimeProvider(), initial: 5, lowest: 0.5, highest: 10);

        pace.Throttled();
        Assert.Equal(2.5, pace.Rate);
        pace.Answered();
        Assert.Equal(2.7, pace.Rate, precision: 9);
        for (var i = 0; i < 1000; i++)
        {
            pace.Answered();
        }

        Assert.Equal(10, pace.Rate);
        for (var i = 0; i < 10; i++)
        {
            pace.Throttled();
        }

        Assert.Equal(0.5, pace.Rate);
    }

    [Fact]
    public async Task Throttling_gives_no_later_request_a_turn_before_those_that_wait()
    {
        var time = new ManualTimeProvider();
        var pace = new RequestPace(time, initial: 1, lowest: 0.5, highest: 10);
        await pace.WaitAsync(CancellationToken.None);
        var waiting = Enumerable.Range(0, 5).Select(_ => pace.WaitAsync(CancellationToken.None)).ToList();

        pace.Throttled();
        var late = pace.WaitAsync(CancellationToken.None);
        time.Advance(TimeSpan.FromSeconds(4.5));
        await waiting[3].WaitAsync(TimeSpan.FromSeconds(30));

        // Its continuation may be on its way; a late one that has no turn never comes, however long this waits.
        await Task.WhenAny(late, Task.Delay(200));
        Assert.False(late.IsCompleted);
        Assert.False(waiting[^1].IsCompleted);
        time.Advance(TimeSpan.FromSeconds(60));
        await Task.WhenAll([.. waiting, late]).WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task A_cancelled_wait_ends()
    {
        var pace = new RequestPace(new ManualTimeProvider(), initial: 1, lowest: 0.5, highest: 10);
        using var cancel = new CancellationTokenSource();
        await pace.WaitAsync(cancel.Token);
        var waiting = pace.WaitAsync(cancel.Token);

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    [Fact]
    public void Never_more_pass_in_a_second_than_the_highest_rate_and_a_burst() =>
        Prop.ForAll<int[]>(static steps =>
        {
            var time = new ManualTimeProvider();
            var pace = new RequestPace(time, initial: 5, lowest: 0.5, highest: 10);
            var passed = new List<DateTimeOffset>();
            foreach (var step in steps)
            {
                var waiting = pace.WaitAsync(CancellationToken.None);
                for (var i = 0; !waiting.IsCompleted && i < 10_000; i++)
                {
                    time.Advance(TimeSpan.FromMilliseconds(10));
                }

                passed.Add(time.GetUtcNow());
                time.Advance(TimeSpan.FromMilliseconds(Math.Abs(step % 500)));
                if (step % 7 == 0)
                {
                    pace.Throttled();
                }
                else
                {
                    pace.Answered();
                }
            }

            return passed.All(start => passed.Count(at => at >= start && at < start.AddSeconds(1)) <= 20);
        }).QuickCheckThrowOnFailure();
}
