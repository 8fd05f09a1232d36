using System.Collections.Concurrent;
using System.Net;
using System.Text;
using HostingOps.Engine.Health;

namespace HostingOps.Engine.Tests.Health;

/// <summary>Many sites at once: bounded, streamed, told of, and ended when asked.</summary>
public sealed class FleetCheckerTests : IDisposable
{
    private readonly SiteProber prober = new(TimeProvider.System);

    public void Dispose() => prober.Dispose();

    private static List<(HostedSite, SiteHost?, HealthTarget)> Fleet(int count, SiteHost host, TimeSpan? timeout = null) =>
        Enumerable.Range(0, count).Select(i => (
            HealthSamples.Site(HealthSamples.Http with { Timeout = timeout ?? HealthSamples.Patience }, $"site{i}.example", $"site{i}"),
            (SiteHost?)host,
            HealthTarget.Primary)).ToList();

    [Fact]
    public async Task Two_thousand_sites_each_give_one_result_and_the_progress_ends_complete()
    {
        await using var server = LoopbackServer.Answering(request =>
            request.Host.StartsWith("www.site7", StringComparison.Ordinal) ? LoopbackServer.Status("503 Dead") : LoopbackServer.Ok());
        var reporter = new RecordingReporter();

        var results = new List<SiteHealth>();
        await foreach (var health in new FleetChecker(prober).CheckAsync(Fleet(2000, HealthSamples.Host("do-1", server.Port)), 64, reporter))
        {
            results.Add(health);
        }

        Assert.Equal(2000, results.Select(health => health.SiteName).Distinct().Count());
        Assert.Equal(2000, results.Count);
        Assert.All(results, health => Assert.Equal(
            health.SiteName.StartsWith("site7", StringComparison.Ordinal) ? SiteStatus.Down : SiteStatus.Healthy, health.Status));
        var told = reporter.Progresses.ToList();
        Assert.All(told, progress => Assert.Equal("Probing sites", progress.Activity));
        Assert.Equal(0, told[0].Done);
        Assert.Equal((2000, 2000, true), (told[^1].Done, told[^1].Total, told[^1].Completed));
        Assert.Single(told, progress => progress.Completed);
        Assert.Equal(told.Select(progress => progress.Done).Order(), told.Select(progress => progress.Done));
    }

    [Fact]
    public async Task Never_more_probes_than_the_throttle_limit_are_under_way()
    {
        var now = 0;
        var most = 0;
        await using var server = new LoopbackServer(async (_, stream, token) =>
        {
            var under = Interlocked.Increment(ref now);
            InterlockedMax(ref most, under);
            await Task.Delay(20, token);
            Interlocked.Decrement(ref now);
            await stream.WriteAsync(Encoding.ASCII.GetBytes(LoopbackServer.Ok()), token);
        });

        var count = 0;
        await foreach (var health in new FleetChecker(prober).CheckAsync(
            Fleet(60, HealthSamples.Host("do-1", server.Port)), 7, SilentReporter.Instance))
        {
            count++;
        }

        Assert.Equal(60, count);
        Assert.InRange(most, 2, 7);
    }

    [Fact]
    public async Task Results_come_while_others_still_hang()
    {
        var release = new TaskCompletionSource();
        await using var server = new LoopbackServer(async (request, stream, token) =>
        {
            if (request.Host == "www.site0.example")
            {
                await release.Task.WaitAsync(token);
            }

            await stream.WriteAsync(Encoding.ASCII.GetBytes(LoopbackServer.Ok()), token);
        });

        var seen = new List<string>();
        await foreach (var health in new FleetChecker(prober).CheckAsync(
            Fleet(50, HealthSamples.Host("do-1", server.Port), TimeSpan.FromMinutes(5)), 4, SilentReporter.Instance))
        {
            seen.Add(health.SiteName);
            if (seen.Count == 49)
            {
                release.SetResult();
            }
        }

        Assert.Equal("site0", seen[^1]);
    }

    [Fact]
    public async Task Cancelling_in_the_middle_ends_all_probes()
    {
        var answered = 0;
        await using var server = new LoopbackServer(async (_, stream, token) =>
        {
            if (Interlocked.Increment(ref answered) > 500)
            {
                await Task.Delay(Timeout.Infinite, token);
            }

            await stream.WriteAsync(Encoding.ASCII.GetBytes(LoopbackServer.Ok()), token);
        });
        using var cancel = new CancellationTokenSource();
        var reporter = new RecordingReporter();
        var seen = 0;

        async Task CheckAsync()
        {
            var fleet = Fleet(2000, HealthSamples.Host("do-1", server.Port), TimeSpan.FromMinutes(10));
            await foreach (var health in new FleetChecker(prober).CheckAsync(fleet, 64, reporter, cancel.Token))
            {
                if (++seen == 300)
                {
                    await cancel.CancelAsync();
                }
            }
        }

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => CheckAsync().WaitAsync(HealthSamples.Patience));
        Assert.True(reporter.Progresses.Last().Completed);
        Assert.True(reporter.Progresses.Last().Done < 2000);
    }

    [Fact]
    public async Task A_reader_who_leaves_early_leaves_no_probe_behind()
    {
        await using var server = new LoopbackServer(async (request, stream, token) =>
        {
            if (request.Host != "www.site0.example")
            {
                await Task.Delay(Timeout.Infinite, token);
            }

            await stream.WriteAsync(Encoding.ASCII.GetBytes(LoopbackServer.Ok()), token);
        });
        async Task ReadOneAsync()
        {
            await foreach (var health in new FleetChecker(prober).CheckAsync(
                Fleet(20, HealthSamples.Host("do-1", server.Port), TimeSpan.FromMinutes(10)), 5, SilentReporter.Instance))
            {
                Assert.Equal("site0", health.SiteName);
                break;
            }
        }

        // Leaving waits for the probes, which would take ten minutes if they were not ended.
        await ReadOneAsync().WaitAsync(HealthSamples.Patience);
    }

    [Fact]
    public void A_throttle_limit_below_one_is_an_invalid_argument()
    {
        var error = Assert.Throws<HostingException>(() => new FleetChecker(prober).CheckAsync([], 0, SilentReporter.Instance));

        Assert.Equal(ErrorIds.InvalidArgument, error.ErrorId);
    }

    [Fact]
    public async Task No_sites_give_no_results()
    {
        await foreach (var health in new FleetChecker(prober).CheckAsync([], 5, SilentReporter.Instance))
        {
            Assert.Fail(health.SiteName);
        }
    }

    private static void InterlockedMax(ref int target, int value)
    {
        int seen;
        while ((seen = Volatile.Read(ref target)) < value && Interlocked.CompareExchange(ref target, value, seen) != seen)
        {
        }
    }

    private sealed class RecordingReporter : IOperationReporter
    {
        public ConcurrentQueue<OperationProgress> Progresses { get; } = new();

        public void Progress(OperationProgress progress) => Progresses.Enqueue(progress);

        public void Verbose(string message)
        {
        }

        public void Warning(string message)
        {
        }
    }
}
