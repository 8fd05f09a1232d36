using System.Collections.Concurrent;
using HostingOps.Agent.Output;

namespace HostingOps.Agent.Tests.Output;

public sealed class ChangeLinesTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task An_output_that_nobody_reads_holds_up_nobody_and_what_was_left_out_is_counted()
    {
        using var pipe = new ManualResetEventSlim();
        using var stalled = new ManualResetEventSlim();
        var shown = new ConcurrentQueue<string>();
        var warned = new ConcurrentQueue<string>();
        var lines = new ChangeLines(
            change =>
            {
                stalled.Set();
                pipe.Wait();
                shown.Enqueue(change.SiteName);
            },
            warned.Enqueue);
        lines.Add(Change(0));
        Assert.True(stalled.Wait(Patience));
        await Task.Run(() =>
        {
            for (var number = 1; number <= ChangeLines.Most + 5; number++)
            {
                lines.Add(Change(number));
            }
        }).WaitAsync(Patience);

        // A process that has to end does not wait for it.
        await lines.EndAsync(isUrgent: true).WaitAsync(Patience);
        Assert.Empty(shown);
        pipe.Set();
        await lines.EndAsync(isUrgent: false).WaitAsync(Patience);
        Assert.Equal(["s0", "s6"], shown.Take(2));
        Assert.Equal($"s{ChangeLines.Most + 5}", shown.Last());
        Assert.StartsWith("5 changes were left out", Assert.Single(warned), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_output_that_cannot_be_written_is_told()
    {
        var lines = new ChangeLines(static _ => throw new IOException("Broken pipe"), static _ => { });
        lines.Add(Change(1));
        await Assert.ThrowsAsync<TaskCanceledException>(() => Task.Delay(Patience, lines.Broken));
        await Assert.ThrowsAsync<IOException>(() => lines.EndAsync(isUrgent: false));
    }

    private static SiteWatchChange Change(int number) => new()
    {
        At = DateTimeOffset.UnixEpoch,
        SiteName = $"s{number}",
        HostName = "do-1",
        Role = WatchRole.Active,
        From = WatchState.Unknown,
        To = WatchState.Healthy,
        Reason = "It answers.",
    };
}
