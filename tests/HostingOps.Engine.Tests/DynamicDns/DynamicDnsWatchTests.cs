using HostingOps.Engine.DynamicDns;
using HostingOps.Testing;

namespace HostingOps.Engine.Tests.DynamicDns;

public sealed class DynamicDnsWatchTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Runs_come_one_after_the_other_a_failed_one_stops_none_and_a_stop_in_the_pause_is_the_end()
    {
        var time = new ManualTimeProvider();
        using var stop = new CancellationTokenSource();
        var rounds = new List<DateTimeOffset>();
        var failures = new List<string>();
        var watch = new DynamicDnsWatch(time, new Random(1));
        var running = watch.RunAsync(
            _ =>
            {
                rounds.Add(time.GetUtcNow());
                return rounds.Count % 2 == 0
                    ? throw new HostingException(ErrorIds.AwsEndpointUnreachable, HostingErrorCategory.ConnectionError, null, $"round {rounds.Count}")
                    : Task.CompletedTask;
            },
            error =>
            {
                failures.Add(error.Message);
                return Task.CompletedTask;
            },
            Interval,
            stop.Token);

        for (var wanted = 2; wanted <= 10; wanted++)
        {
            await Eventually.HoldsAsync(() => rounds.Count >= wanted || running.IsCompleted, () => time.Advance(TimeSpan.FromSeconds(20)));
        }

        await stop.CancelAsync();
        await running.WaitAsync(Eventually.Patience);
        Assert.Equal(["round 2", "round 4", "round 6", "round 8", "round 10"], failures);
        Assert.All(rounds.Zip(rounds.Skip(1)), static pair => Assert.True(pair.Second - pair.First >= Interval * 0.95));
    }

    [Fact]
    public async Task A_stop_within_a_run_is_told_as_one()
    {
        using var stop = new CancellationTokenSource();
        var watch = new DynamicDnsWatch(TimeProvider.System, Random.Shared);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => watch.RunAsync(
            async token =>
            {
                await stop.CancelAsync();
                await Task.Delay(Timeout.Infinite, token);
            },
            static _ => Task.CompletedTask,
            Interval,
            stop.Token));
    }

    [Fact]
    public void What_is_said_again_is_no_news()
    {
        var watch = new DynamicDnsWatch(TimeProvider.System, Random.Shared);
        var waiting = Result(DynamicDnsOutcome.Waiting, "5.9.1.2");

        Assert.True(watch.IsNews(Result(DynamicDnsOutcome.Unchanged, "5.9.1.1")));
        Assert.False(watch.IsNews(Result(DynamicDnsOutcome.Unchanged, "5.9.1.1")));
        Assert.True(watch.IsNews(waiting));
        Assert.False(watch.IsNews(waiting with { Reason = "It has been seen twice." }));
        Assert.True(watch.IsNews(waiting with { Gates = [new DynamicDnsGate(DynamicDnsGateName.Floor, GateOutcome.Refused, "Too soon.")] }));
        Assert.True(watch.IsNews(waiting with { AddressFamily = PublicAddressFamily.IPv6 }));
        Assert.True(watch.IsNews(Result(DynamicDnsOutcome.Updated, "5.9.1.2")));
        Assert.True(watch.IsNews(Result(DynamicDnsOutcome.Updated, "5.9.1.2")));
        Assert.True(watch.IsNews(Result(DynamicDnsOutcome.Unchanged, "5.9.1.2")));
    }

    private static DynamicDnsResult Result(DynamicDnsOutcome outcome, string to) => new()
    {
        Record = "office.sites.example.net",
        AddressFamily = PublicAddressFamily.IPv4,
        Outcome = outcome,
        To = to,
        Reason = "It is so.",
        At = DateTimeOffset.UnixEpoch,
    };
}
