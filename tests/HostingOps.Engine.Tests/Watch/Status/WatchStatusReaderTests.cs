using HostingOps.Engine.State;
using HostingOps.Engine.Tests.Watch.Metrics;
using HostingOps.Engine.Watch;
using HostingOps.Engine.Watch.Metrics;
using HostingOps.Engine.Watch.Registration;
using HostingOps.Engine.Watch.Status;
using HostingOps.Testing;

namespace HostingOps.Engine.Tests.Watch.Status;

/// <summary>A status says what a living watcher says; what was saved is never passed off as that.</summary>
public sealed class WatchStatusReaderTests : IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();
    private readonly ManualTimeProvider time = new(FakeView.Now);
    private readonly Notes notes = new();
    private readonly CancellationTokenSource ending = new();
    private readonly FakeView view = FakeView.Of(FakeView.Inventory(3), static site => site.Name == "s1" ? WatchState.Down : WatchState.Healthy);
    private StateDatabase database = null!;
    private Task serving = Task.CompletedTask;

    public Task InitializeAsync()
    {
        database = StateDatabase.Open(folder.Combine("state.db"), time);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await ending.CancelAsync();
        await ((Task)serving).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        database.Dispose();
        folder.Dispose();
        ending.Dispose();
    }

    [Fact]
    public async Task The_watcher_that_lives_is_asked()
    {
        using var lease = Begin("run", isSingle: false);
        await ServeAsync();
        var report = await ReadAsync();

        Assert.True(report.Watcher.Live);
        Assert.StartsWith("http://127.0.0.1:", report.Watcher.Endpoint, StringComparison.Ordinal);
        Assert.Equal((6, 1), (report.Sites.Count, report.Watcher.DownCount));
        Assert.All(report.Sites, static site => Assert.True(site.Live && site.NextCheckAt is not null));
        Assert.Empty(notes.Warnings);
    }

    [Fact]
    public async Task One_that_does_not_answer_is_said_and_what_it_saved_is_shown()
    {
        using var lease = Begin("run", isSingle: false);
        new WatchStatusRegister(database).Serve("sites.example.net", new Uri("http://127.0.0.1:1/"));
        Save();
        var report = await ReadAsync();

        Assert.False(report.Watcher.Live);
        Assert.Contains("does not answer at http://127.0.0.1:1/", Assert.Single(notes.Warnings), StringComparison.Ordinal);
        var down = report.Sites.Single(static site => site is { SiteName: "s1", Role: WatchRole.Active });
        Assert.Equal((WatchState.Down, false, null), (down.State, down.Live, down.NextCheckAt));
    }

    [Fact]
    public async Task Another_watcher_at_that_address_is_not_believed()
    {
        using var lease = Begin("run", isSingle: false, processId: Environment.ProcessId + 1);
        await ServeAsync();
        database.Write(transaction => transaction.Execute("UPDATE watch_runs SET endpoint = $1", Served!.ToString()));

        Assert.False((await ReadAsync()).Watcher.Live);
        Assert.Contains("is not the one that answers", Assert.Single(notes.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_watches_any_more()
    {
        using (Begin("run", isSingle: false))
        {
            Save();
        }

        time.Advance(TimeSpan.FromMinutes(10));
        var report = await ReadAsync();
        Assert.Equal((false, 1, 4L), (report.Watcher.Live, report.Watcher.DownCount, report.Watcher.MissedRuns));
        Assert.Contains("Nobody watches", Assert.Single(notes.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Between_two_single_runs_all_is_well_until_one_is_missed()
    {
        using (Begin("run", isSingle: true, every: TimeSpan.FromMinutes(5)))
        {
            Save();
        }

        time.Advance(TimeSpan.FromMinutes(4));
        Assert.Equal((0L, 3), ((await ReadAsync()).Watcher.MissedRuns, (await ReadAsync()).Watcher.SiteCount));
        Assert.Empty(notes.Warnings);

        time.Advance(TimeSpan.FromMinutes(30));
        var late = await ReadAsync();
        Assert.Equal(6, late.Watcher.MissedRuns);
        Assert.Contains("6 runs were missed", Assert.Single(late.Watcher.Problems), StringComparison.Ordinal);
        Assert.Single(notes.Warnings);
    }

    [Fact]
    public async Task Nobody_has_watched_yet()
    {
        var report = await ReadAsync();
        Assert.All(report.Sites, static site => Assert.Equal(WatchState.Unknown, site.State));
        Assert.Null(report.Watcher.Holder);
        Assert.Contains("Register-SiteWatch", Assert.Single(notes.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missed_run_is_told_once_by_the_next_one()
    {
        var posted = new List<HostingAlert>();
        var notice = new MissedRunsNotice(MissedRuns.Since(FakeView.Now.AddHours(-1), TimeSpan.FromMinutes(5), FakeView.Now), posted.Add, notes, time);
        await notice.SettleAsync(view, default);
        await notice.SettleAsync(view, default);
        await notice.RunAsync(view, default);

        var alert = Assert.Single(posted);
        Assert.Equal((AlertEvent.Watcher, "missed-20260301110000"), (alert.Event, alert.IncidentId));
        Assert.Contains("11 runs were missed", alert.Text, StringComparison.Ordinal);
        Assert.Single(notes.Warnings);

        await new MissedRunsNotice(null, posted.Add, notes, time).SettleAsync(view, default);
        Assert.Single(posted);
    }

    [Fact]
    public void What_was_missed_counts_from_the_run_before()
    {
        var run = Run("x", isSingle: true, TimeSpan.FromMinutes(5), 1);
        Assert.Null(MissedRuns.Before(null, null, FakeView.Now));
        Assert.Equal(11, MissedRuns.Before(run, null, FakeView.Now.AddHours(1))!.Count);
        Assert.Null(MissedRuns.Before(run with { ExpectedEvery = null }, null, FakeView.Now.AddHours(1)));
        Assert.Equal(5, MissedRuns.Before(run with { ExpectedEvery = null }, TimeSpan.FromMinutes(10), FakeView.Now.AddHours(1))!.Count);
        Assert.Null(MissedRuns.Before(run with { IsSingle = false, SeenAt = FakeView.Now.AddMinutes(59) }, null, FakeView.Now.AddHours(1)));
        Assert.NotNull(MissedRuns.Before(run with { IsSingle = false, SeenAt = FakeView.Now.AddMinutes(55) }, null, FakeView.Now.AddHours(1)));
    }

    private Uri? Served { get; set; }

    private static WatchRun Run(string id, bool isSingle, TimeSpan? every, int processId) => new()
    {
        Id = id,
        Zone = "sites.example.net",
        Operator = OperatorIdentity.Current(),
        ProcessId = processId,
        IsSingle = isSingle,
        ExpectedEvery = every,
        BeganAt = FakeView.Now,
        SeenAt = FakeView.Now,
    };

    private SiteLease Begin(string id, bool isSingle, TimeSpan? every = null, int? processId = null)
    {
        new WatchRegister(database).Begin(Run(id, isSingle, every, processId ?? Environment.ProcessId));
        return WatcherLease.Take(new OperationLock(database), id, database.Path);
    }

    private void Save() => new WatchRegister(database).Save("sites.example.net", view.Current.Targets);

    private async Task ServeAsync()
    {
        var known = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        var metrics = new WatchMetrics(
            MetricsAddress.Parse("127.0.0.1:0"),
            OperatorIdentity.Current(),
            new WatchFigures(),
            url =>
            {
                if (url is not null)
                {
                    new WatchStatusRegister(database).Serve("sites.example.net", url);
                    known.TrySetResult(url);
                }
            },
            notes,
            TimeProvider.System);
        serving = Task.Run(() => metrics.RunAsync(view, ending.Token));
        Served = await known.Task.WaitAsync(Eventually.Patience);
    }

    private Task<WatchStatusReport> ReadAsync() => new WatchStatusReader(view.Current.Inventory, database, notes, time).ReadAsync(default);

    private sealed class Notes : IOperationReporter
    {
        public List<string> Warnings { get; } = [];

        public void Warning(string message) => Warnings.Add(message);

        public void Verbose(string message)
        {
        }

        public void Progress(OperationProgress progress)
        {
        }
    }
}
