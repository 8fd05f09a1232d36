using System.Collections.Concurrent;
using HostingOps.Engine.Health;
using HostingOps.Engine.State;
using HostingOps.Engine.Watch;
using HostingOps.Engine.Watch.Verdicts;
using HostingOps.Testing;

namespace HostingOps.Engine.Tests.Watch.Watching;

public sealed class SiteWatcherTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TemporaryFolder folder = new();
    private readonly ConcurrentQueue<string> warnings = new();
    private readonly ConcurrentQueue<SiteWatchChange> changes = new();
    private readonly StateDatabase state;
    private readonly StagedChecker checker = new(TimeProvider.System);

    public SiteWatcherTests() => state = StateDatabase.Open(folder.Combine("state.db"), TimeProvider.System);

    private static HostedSite[] Sites(params string[] names) =>
        [.. names.Select(name => TestSites.Site(name) with { Check = new HealthCheckPolicy { Interval = TimeSpan.FromMilliseconds(100), Timeout = TimeSpan.FromSeconds(2) } })];

    public void Dispose()
    {
        state.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task A_second_watcher_is_told_who_works_since_when_and_what_to_do()
    {
        using var stop = new CancellationTokenSource();
        var ready = new TaskCompletionSource();
        var first = Watcher(Sites("acme"), moment: moment => ready.TrySetResult()).RunAsync(stop.Token);
        await ready.Task.WaitAsync(Patience);

        using var other = StateDatabase.Open(state.Path, TimeProvider.System);
        var busy = await Assert.ThrowsAsync<HostingException>(() => Watcher(Sites("acme"), database: other).RunAsync(CancellationToken.None).WaitAsync(Patience));

        Assert.Equal(ErrorIds.WatcherBusy, busy.ErrorId);
        Assert.Equal(HostingErrorCategory.Conflict, busy.Category);
        Assert.Contains($"process {Environment.ProcessId}", busy.Message, StringComparison.Ordinal);
        Assert.Contains(Environment.MachineName, busy.Message, StringComparison.Ordinal);
        Assert.Contains("$HOSTINGOPS_STATE", busy.RecommendedAction, StringComparison.Ordinal);
        await Assert.ThrowsAsync<HostingException>(() => Watcher(Sites("acme"), database: other).RunOnceAsync(CancellationToken.None).WaitAsync(Patience));
        await stop.CancelAsync();
        await first.WaitAsync(Patience);
        await Watcher(Sites("acme")).RunOnceAsync(CancellationToken.None).WaitAsync(Patience);
    }

    [Fact]
    public async Task The_lease_of_a_dead_process_is_taken_over_at_once_and_that_of_another_machine_when_it_has_run_out()
    {
        var dead = ProcessMark.Current() with { Birth = "0" };
        new OperationLock(state, dead).TryAcquire("", "watcher", "OLD", "bob@here", TimeSpan.FromHours(1), out _);
        await Watcher(Sites("acme")).RunOnceAsync(CancellationToken.None).WaitAsync(Patience);

        var clock = new ManualTimeProvider();
        using var shared = StateDatabase.Open(folder.Combine("shared.db"), clock);
        new OperationLock(shared, new ProcessMark("elsewhere", 1, "1")).TryAcquire("", "watcher", "OLD", "bob@there", TimeSpan.FromSeconds(1), out _);
        var busy = await Assert.ThrowsAsync<HostingException>(() => Watcher(Sites("acme"), database: shared).RunOnceAsync(CancellationToken.None).WaitAsync(Patience));
        Assert.Contains("bob@there", busy.Message, StringComparison.Ordinal);
        clock.Advance(TimeSpan.FromSeconds(1.1));
        await Watcher(Sites("acme"), database: shared).RunOnceAsync(CancellationToken.None).WaitAsync(Patience);
    }

    [Fact]
    public async Task A_watcher_whose_lease_another_has_taken_ends_and_says_so()
    {
        var clock = new ManualTimeProvider();
        using var database = StateDatabase.Open(folder.Combine("other.db"), clock);
        var ready = new TaskCompletionSource();
        var running = Watcher(Sites("acme"), database: database, time: clock, moment: _ => ready.TrySetResult()).RunAsync(CancellationToken.None);
        await ready.Task.WaitAsync(Patience);
        database.Write(transaction => transaction.Execute("DELETE FROM leases"));
        new OperationLock(database, new ProcessMark("elsewhere", 1, "1")).TryAcquire("", "watcher", "NEW", "bob@there", TimeSpan.FromHours(1), out _);
        for (var turn = 0; turn < 600 && !running.IsCompleted; turn++)
        {
            clock.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Delay(5);
        }

        var lost = await Assert.ThrowsAsync<HostingException>(() => running.WaitAsync(Patience));
        Assert.Equal(ErrorIds.WatcherBusy, lost.ErrorId);
        Assert.Contains("bob@there", lost.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Single_runs_keep_their_counts_and_a_site_that_fails_is_confirmed_within_the_run()
    {
        await Watcher(Sites("acme", "bakery")).RunOnceAsync(CancellationToken.None).WaitAsync(Patience);
        var register = new WatchRegister(state);
        Assert.Equal(WatchState.Healthy, register.Targets("sites.example.net").Single(target => target.SiteName == "acme" && target.Role == WatchRole.Active).Verdict.State);

        checker.Stage = (target, trace, token) => target.Site.Name == "acme" ? checker.SilenceAsync(target, trace, token) : Task.FromResult(checker.Health(target, SiteStatus.Healthy));
        var sites = await Watcher(Sites("acme", "bakery"), every: TimeSpan.FromMinutes(1)).RunOnceAsync(CancellationToken.None).WaitAsync(Patience);

        Assert.Equal((WatchState.Healthy, WatchState.Down), (sites.Single(site => site.SiteName == "acme").From, sites.Single(site => site.SiteName == "acme").To));
        Assert.Equal(WatchState.Healthy, sites.Single(site => site.SiteName == "bakery").To);
        var saved = register.Targets("sites.example.net").Single(target => target.SiteName == "acme" && target.Role == WatchRole.Active);
        Assert.Equal(WatchState.Down, saved.Verdict.State);
        Assert.True(saved.Last!.IsHostSilent);
        var runs = register.Runs("sites.example.net", 10);
        Assert.Equal(2, runs.Count);
        Assert.Equal(TimeSpan.FromMinutes(1), runs[0].ExpectedEvery);
        Assert.All(runs, run => Assert.True(run is { IsSingle: true, Ending: "done", EndedAt: not null }));
    }

    [Fact]
    public async Task Single_runs_add_up_their_counts_also_where_no_verdict_changes()
    {
        await Watcher(Sites("acme")).RunOnceAsync(CancellationToken.None).WaitAsync(Patience);
        var first = Saved();
        await Watcher(Sites("acme")).RunOnceAsync(CancellationToken.None).WaitAsync(Patience);

        Assert.Equal((WatchState.Healthy, 1, 2), (first.State, first.Answers, Saved().Answers));

        TargetVerdict Saved() => new WatchRegister(state).Targets("sites.example.net").Single(static target => target is { SiteName: "acme", Role: WatchRole.Active }).Verdict;
    }

    [Fact]
    public async Task A_changed_verdict_is_in_the_database_while_the_watch_goes_on_and_the_next_watcher_goes_on_from_it()
    {
        using var stop = new CancellationTokenSource();
        checker.Stage = checker.SilenceAsync;
        var running = Watcher(Sites("acme")).RunAsync(stop.Token);
        var register = new WatchRegister(state);
        await UntilAsync(() => register.Targets("sites.example.net").Any(target => target is { HostName: "do-1", Verdict.State: WatchState.Down }));
        await stop.CancelAsync();
        await running.WaitAsync(Patience);
        Assert.Equal("stopped", register.Runs("sites.example.net", 1)[0].Ending);

        changes.Clear();
        checker.Stage = null;
        using var again = new CancellationTokenSource();
        running = Watcher(Sites("acme")).RunAsync(again.Token);
        await UntilAsync(() => !changes.IsEmpty);
        Assert.Equal(WatchState.Down, changes.First().From);
        await again.CancelAsync();
        await running.WaitAsync(Patience);
    }

    [Fact]
    public async Task It_ends_although_a_check_and_a_listener_hang()
    {
        using var stop = new CancellationTokenSource();
        checker.Stage = static (_, _, _) => new TaskCompletionSource<SiteHealth>().Task;
        var listener = new Listening { Run = static _ => new TaskCompletionSource().Task, Settle = static _ => new TaskCompletionSource().Task };
        var running = Watcher(Sites("acme"), listeners: [listener]).RunAsync(stop.Token);
        await UntilAsync(() => !checker.Begun.IsEmpty);
        await stop.CancelAsync();
        await running.WaitAsync(Patience);
        await Watcher(Sites("acme"), new StagedChecker(TimeProvider.System)).RunOnceAsync(CancellationToken.None).WaitAsync(Patience);
    }

    [Fact]
    public async Task What_there_was_no_time_for_at_the_end_is_no_warning_and_a_failure_is_one_without_the_names_of_classes()
    {
        using var stop = new CancellationTokenSource();
        var slow = new Listening { Settle = static token => Task.Delay(Timeout.Infinite, token) };
        var running = Watcher(Sites("acme"), listeners: [slow]).RunAsync(stop.Token);
        await UntilAsync(() => !checker.Begun.IsEmpty);
        await stop.CancelAsync();
        await running.WaitAsync(Patience);
        Assert.DoesNotContain(warnings, static warning => !warning.StartsWith("Route 53", StringComparison.Ordinal));

        var odd = new Listening { Title = "The keeping of something", Settle = static _ => throw new InvalidOperationException("odd") };
        await Watcher(Sites("acme"), listeners: [odd]).RunOnceAsync(CancellationToken.None).WaitAsync(Patience);
        Assert.Contains("The keeping of something could not do all that was due: odd", warnings);
    }

    [Fact]
    public async Task A_listener_that_fails_is_told_and_the_watch_goes_on()
    {
        using var stop = new CancellationTokenSource();
        var settled = 0;
        var listener = new Listening
        {
            Run = static _ => throw new InvalidOperationException("odd"),
            Settle = _ =>
            {
                settled++;
                return Task.CompletedTask;
            },
        };
        var running = Watcher(Sites("acme"), listeners: [listener]).RunAsync(stop.Token);
        await UntilAsync(() => warnings.Any(warning => warning.Contains("odd", StringComparison.Ordinal)));
        var begun = checker.Begun.Count;
        await UntilAsync(() => checker.Begun.Count > begun);
        await stop.CancelAsync();
        await running.WaitAsync(Patience);
        Assert.Equal(1, settled);
    }

    [Fact]
    public async Task A_broken_inventory_leaves_the_last_good_one_in_use_and_is_told_once()
    {
        var path = folder.Write("hosting.yml", Yaml("acme"));
        using var stop = new CancellationTokenSource();
        var moments = new ConcurrentQueue<WatchMoment>();
        await using var workspace = HostingWorkspace.Open(new WorkspaceOptions { InventoryPath = path, StatePath = folder.Combine("state.db") }, new Warnings(warnings));
        var watcher = Watcher(workspace, () => HostingWorkspace.Open(new WorkspaceOptions { InventoryPath = path, StatePath = folder.Combine("state.db") }, new Warnings(warnings)), moments.Enqueue);
        var running = watcher.RunAsync(stop.Token);
        await UntilAsync(() => checker.Begun.Any(check => check.Site == "acme"));

        folder.Write("hosting.yml", "version: 1\nsites: [oops");
        await UntilAsync(() => View(watcher).InventoryProblem is not null);
        watcher.Reload();
        await UntilAsync(() => moments.Count(moment => moment == WatchMoment.Reloaded) >= 2);
        Assert.Single(warnings, warning => warning.Contains("last good one stays in use", StringComparison.Ordinal));
        Assert.Equal("acme", View(watcher).Inventory.Sites.Single().Name);

        folder.Write("hosting.yml", Yaml("acme", "bakery"));
        await UntilAsync(() => checker.Begun.Any(check => check.Site == "bakery"));
        Assert.Null(View(watcher).InventoryProblem);
        Assert.Equal(2, View(watcher).Inventory.Sites.Count);
        await stop.CancelAsync();
        await running.WaitAsync(Patience);
    }

    [Fact]
    public async Task Without_an_answer_of_route_53_what_was_last_known_is_active_and_the_problem_is_told()
    {
        new WatchRegister(state).SaveRouting("sites.example.net", new Dictionary<string, string> { ["acme"] = "li-1" });
        using var stop = new CancellationTokenSource();
        var watcher = Watcher(Sites("acme", "bakery"), savedRouting: false);
        var running = watcher.RunAsync(stop.Token);
        await UntilAsync(() => View(watcher).RoutingProblem is not null);
        var targets = View(watcher).Targets;
        Assert.Equal("li-1", targets.Single(target => target.Target.Role == WatchRole.Active).Target.Host.Name);
        Assert.Equal(4, targets.Count);
        await UntilAsync(() => checker.Begun.Any(check => check.Site == "bakery"));
        await stop.CancelAsync();
        await running.WaitAsync(Patience);
    }

    private static string Yaml(params string[] sites) => $$"""
        version: 1
        zone: sites.example.net
        hosts:
          do-1: { provider: digitalocean, address: 203.0.113.10 }
          li-1: { provider: linode, address: 198.51.100.7 }
        sites:
        {{string.Join('\n', sites.Select(static site => $"  {site}: {{ domain: {site}.example, primary: do-1, secondary: li-1, check: {{ interval: 1s, timeout: 1s }} }}"))}}
        """;

    private static WatcherSnapshot View(SiteWatcher watcher) => ((IWatchView)watcher).Snapshot();

    private static async Task UntilAsync(Func<bool> seen)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (!seen())
        {
            await Task.Delay(20, limit.Token);
        }
    }

    private SiteWatcher Watcher(
        HostedSite[] sites, StagedChecker? other = null, StateDatabase? database = null, TimeProvider? time = null, Action<WatchMoment>? moment = null,
        IReadOnlyList<IWatchListener>? listeners = null, TimeSpan? every = null, bool savedRouting = true)
    {
        var used = database ?? state;
        if (savedRouting)
        {
            new WatchRegister(used).SaveRouting("sites.example.net", sites.ToDictionary(site => site.Name, site => site.Primary.Name));
        }

        var inventory = new HostingInventory { Zone = "sites.example.net", Sites = sites, Aws = Unreachable };
        return New(
            HostingWorkspace.Open(inventory, new WorkspaceOptions { StatePath = used.Path }, SilentReporter.Instance), null, used, other ?? checker, time, moment, listeners, every);
    }

    private SiteWatcher Watcher(HostingWorkspace workspace, Func<HostingWorkspace> reopen, Action<WatchMoment> moment) =>
        New(workspace, reopen, state, checker, null, moment, null, null);

    private SiteWatcher New(
        HostingWorkspace workspace, Func<HostingWorkspace>? reopen, StateDatabase database, StagedChecker used, TimeProvider? time, Action<WatchMoment>? moment,
        IReadOnlyList<IWatchListener>? listeners, TimeSpan? every) => new(
        new WatchOptions { Changed = changes.Enqueue, Moment = moment, ExpectedEvery = every, InventoryInterval = TimeSpan.FromMilliseconds(100) },
        new SiteWatcherParts
        {
            Workspace = workspace,
            Reopen = reopen,
            State = database,
            NewChecker = () => used,
            AskObserverAsync = static (_, _) => Task.FromResult(new ObserverSanity(true, false, "Nothing to ask.")),
            Listeners = listeners ?? [],
            Reporter = new Warnings(warnings),
            Time = time ?? TimeProvider.System,
            Random = new Random(7),
        });

    // Nothing listens there; the answer is a refusal.
    private static AwsSettings Unreachable => new() { EndpointUrl = "http://127.0.0.1:9", Region = "us-east-1" };

    private sealed class Warnings(ConcurrentQueue<string> told) : IOperationReporter
    {
        public void Progress(OperationProgress progress)
        {
        }

        public void Verbose(string message)
        {
        }

        public void Warning(string message) => told.Enqueue(message);
    }

    private sealed class Listening : IWatchListener
    {
        public string Title { get; init; } = "Somebody";

        public Func<CancellationToken, Task> Run { get; init; } = static _ => Task.CompletedTask;

        public Func<CancellationToken, Task> Settle { get; init; } = static _ => Task.CompletedTask;

        public void Checked(TargetCheck check)
        {
        }

        public void Changed(VerdictChange change)
        {
        }

        public Task RunAsync(IWatchView view, CancellationToken cancellationToken) => Run(cancellationToken);

        public Task SettleAsync(IWatchView view, CancellationToken cancellationToken) => Settle(cancellationToken);
    }
}
