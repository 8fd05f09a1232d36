using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using HostingOps.Engine.Health;
using HostingOps.Engine.State;
using HostingOps.Engine.Watch;
using HostingOps.Engine.Watch.Checking;
using HostingOps.Testing;

namespace HostingOps.Engine.Tests.Watch.Watching;

/// <summary>What befalls a watcher from outside: a database that is locked, reloads at the wrong moment, faults.</summary>
public sealed class SiteWatcherFaultTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TemporaryFolder folder = new();
    private readonly ConcurrentQueue<string> warnings = new();
    private readonly ConcurrentQueue<WatchMoment> moments = new();
    private readonly StagedChecker checker = new(TimeProvider.System);
    private readonly StateDatabase state;
    private Func<HostingWorkspace, IReadOnlyList<HostedSite>, CancellationToken, IAsyncEnumerable<SiteDnsTarget>> route;

    public SiteWatcherFaultTests()
    {
        // A lock is waited for longer than any test is patient.
        state = StateDatabase.Open(folder.Combine("state.db"), TimeProvider.System, TimeSpan.FromMinutes(5));
        route = static (_, sites, _) => Targets(sites.Select(static site => (site.Name, site.Primary.Name)));
    }

    public void Dispose()
    {
        state.Dispose();
        folder.Dispose();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task It_ends_although_another_process_holds_the_lock_of_the_state_database(bool once)
    {
        using var stop = new CancellationTokenSource();
        using var release = new ManualResetEventSlim();
        var locked = new TaskCompletionSource();
        await using var workspace = Open();
        checker.Stage = async (_, _, token) =>
        {
            await Task.Delay(Timeout.Infinite, token);
            throw new InvalidOperationException();
        };
        var watcher = Watcher(workspace, null);
        var running = once ? watcher.RunOnceAsync(stop.Token) : watcher.RunAsync(stop.Token);
        await UntilAsync(() => !checker.Begun.IsEmpty);
        using var other = StateDatabase.Open(state.Path, TimeProvider.System);
        var holding = Task.Run(() => other.Write(_ =>
        {
            locked.SetResult();
            release.Wait(Eventually.Patience);
        }));
        try
        {
            await locked.Task.WaitAsync(Patience);
            await stop.CancelAsync();
            await ((Task)running).WaitAsync(Patience).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            Assert.True(running.IsCompleted);

            // Nor does whoever closes the database then have to wait.
            await Task.Run(state.Dispose).WaitAsync(Patience);
        }
        finally
        {
            release.Set();
            await holding.WaitAsync(Eventually.Patience);
        }
    }

    [Fact]
    public async Task A_routing_that_was_asked_for_before_a_reload_does_not_bring_the_old_inventory_back()
    {
        var path = folder.Write("hosting.yml", Yaml("acme"));
        var asked = new TaskCompletionSource();
        var answer = new TaskCompletionSource();
        route = (_, sites, token) => SlowTargets(sites, asked, answer.Task, token);
        using var stop = new CancellationTokenSource();
        await using var workspace = Open(path);
        var watcher = Watcher(workspace, () => Open(path));
        var running = watcher.RunAsync(stop.Token);
        await asked.Task.WaitAsync(Patience);

        folder.Write("hosting.yml", Yaml("acme", "bakery"));
        await UntilAsync(() => checker.Begun.Any(check => check.Site == "bakery"));
        answer.SetResult();
        var begun = checker.Begun.Count(check => check.Site == "bakery");
        await UntilAsync(() => checker.Begun.Count(check => check.Site == "bakery") > begun + 3);
        Assert.Equal(4, View(watcher).Targets.Count);
        Assert.Equal(2, watcher.SiteCount);
        await stop.CancelAsync();
        await running.WaitAsync(Patience);
    }

    [Fact]
    public async Task Whatever_a_reading_of_the_inventory_throws_the_last_good_one_stays_and_it_is_tried_again_without_a_change_of_the_file()
    {
        var path = folder.Write("hosting.yml", Yaml("acme"));
        var fails = true;
        using var stop = new CancellationTokenSource();
        await using var workspace = Open(path);
        var watcher = Watcher(workspace, () => Volatile.Read(ref fails) ? throw new InvalidOperationException("odd") : Open(path));
        var running = watcher.RunAsync(stop.Token);
        watcher.Reload();
        await UntilAsync(() => watcher.InventoryProblem is not null);
        Assert.Contains("odd", Assert.Single(warnings), StringComparison.Ordinal);
        Assert.False(running.IsCompleted);
        Volatile.Write(ref fails, false);
        await UntilAsync(() => watcher.InventoryProblem is null);
        Assert.True(moments.Count(static moment => moment == WatchMoment.Reloaded) >= 2);
        await stop.CancelAsync();
        await running.WaitAsync(Patience);
    }

    [Fact]
    public async Task A_single_run_that_moved_a_site_speaks_of_the_host_where_it_is_now_and_what_is_posted_last_is_told()
    {
        var host = "do-1";
        route = (_, sites, _) => Targets(sites.Select(site => (site.Name, host)));
        checker.Stage = (target, trace, token) => target.Host.Name == "do-1" ? checker.SilenceAsync(target, trace, token) : Task.FromResult(checker.Health(target, SiteStatus.Healthy));
        var told = new List<string>();
        var mover = new Settling(view =>
        {
            told.Add("moved");
            host = "li-1";
            view.ReadRoutingSoon(["acme"]);
        });
        await using var workspace = Open();
        var sites = await Watcher(workspace, null, [mover, new Settling(_ => told.Add("sent"))]).RunOnceAsync(CancellationToken.None).WaitAsync(Patience);
        var site = Assert.Single(sites);
        Assert.Equal(("li-1", WatchState.Healthy), (site.HostName, site.To));
        Assert.Equal(["moved", "sent"], told);
        Assert.Equal("li-1", new WatchRegister(state).Routing("sites.example.net")["acme"]);
        Assert.Equal("done", new WatchRegister(state).Runs("sites.example.net", 1)[0].Ending);
    }

    [Fact]
    public async Task A_single_run_that_fails_says_so_in_its_ending()
    {
        await using var workspace = Open();
        var watcher = new SiteWatcher(new WatchOptions(), Parts(workspace, null, []) with { NewChecker = static () => throw new InvalidOperationException("odd") });
        await Assert.ThrowsAsync<InvalidOperationException>(() => watcher.RunOnceAsync(CancellationToken.None).WaitAsync(Patience));
        Assert.Equal("failed: odd", new WatchRegister(state).Runs("sites.example.net", 1)[0].Ending);
    }

    [Fact]
    public async Task At_a_fault_the_checks_are_cut_off_before_the_checker_goes()
    {
        var token = CancellationToken.None;
        var isCutOff = false;
        checker.Stage = async (_, _, stop) =>
        {
            token = stop;
            await Task.Delay(Timeout.Infinite, stop);
            throw new InvalidOperationException();
        };
        var path = folder.Write("hosting.yml", Yaml("acme"));
        await using var workspace = Open(path);
        var watcher = new SiteWatcher(
            new WatchOptions { Moment = static moment => _ = moment == WatchMoment.Reloading ? throw new InvalidOperationException("odd") : 0 },
            Parts(workspace, () => Open(path), []) with { NewChecker = () => new Noting(checker, () => isCutOff = token.IsCancellationRequested) });
        var running = watcher.RunAsync(CancellationToken.None);
        await UntilAsync(() => token != CancellationToken.None);
        watcher.Reload();
        await Assert.ThrowsAsync<InvalidOperationException>(() => running.WaitAsync(Patience));
        Assert.True(isCutOff);
        Assert.StartsWith("failed: odd", new WatchRegister(state).Runs("sites.example.net", 1)[0].Ending, StringComparison.Ordinal);
    }

    [Fact]
    public void An_observer_check_that_breaks_off_by_itself_is_an_answer_and_the_next_one_is_asked()
    {
        var answers = 0;
        var asked = 0;
        var view = new ObserverView(
            _ =>
            {
                asked++;
                return Task.FromException<ObserverSanity>(new TaskCanceledException());
            },
            TimeProvider.System, static () => CancellationToken.None, static action => action(), () => answers++);
        view.LookIfNeeded(TimeSpan.Zero, isNeeded: true, isUrgent: true);
        Assert.False(view.Answer!.IsSane);
        view.LookIfNeeded(TimeSpan.FromMinutes(1), isNeeded: true, isUrgent: true);
        Assert.Equal((2, 2), (asked, answers));
    }

    [Fact]
    public async Task An_operation_under_way_keeps_its_workspace_in_use()
    {
        await using var workspace = Open();
        Assert.False(workspace.IsInUse);
        await foreach (var target in workspace.InUse(Targets([("acme", "do-1")]), CancellationToken.None))
        {
            Assert.True(workspace.IsInUse, target.SiteName);
        }

        Assert.False(workspace.IsInUse);
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

    private static async IAsyncEnumerable<SiteDnsTarget> Targets(IEnumerable<(string Site, string Host)> sites)
    {
        await Task.CompletedTask;
        foreach (var (site, host) in sites)
        {
            yield return new SiteDnsTarget { SiteName = site, Record = site, Zone = "sites.example.net", ZoneId = "Z1", State = default, ActiveHost = host };
        }
    }

    private static async IAsyncEnumerable<SiteDnsTarget> SlowTargets(
        IReadOnlyList<HostedSite> sites, TaskCompletionSource asked, Task answer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!asked.TrySetResult())
        {
            // The next reading, seconds later, would put right what this one may have spoilt.
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }

        await answer.WaitAsync(cancellationToken);
        await foreach (var target in Targets(sites.Select(static site => (site.Name, site.Primary.Name))))
        {
            yield return target;
        }
    }

    private static async Task UntilAsync(Func<bool> seen)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (!seen())
        {
            await Task.Delay(20, limit.Token);
        }
    }

    private HostingWorkspace Open(string? path = null) => path is null
        ? HostingWorkspace.Open(
            new HostingInventory
            {
                Zone = "sites.example.net",
                Sites = [TestSites.Site("acme") with { Check = new HealthCheckPolicy { Interval = TimeSpan.FromMilliseconds(100), Timeout = TimeSpan.FromSeconds(2), ConfirmInterval = TimeSpan.FromMilliseconds(200) } }],
            },
            new WorkspaceOptions { StatePath = state.Path }, SilentReporter.Instance)
        : HostingWorkspace.Open(new WorkspaceOptions { InventoryPath = path, StatePath = state.Path }, SilentReporter.Instance);

    private SiteWatcher Watcher(HostingWorkspace workspace, Func<HostingWorkspace>? reopen, IReadOnlyList<IWatchListener>? listeners = null) =>
        new(new WatchOptions { Moment = moments.Enqueue, InventoryInterval = TimeSpan.FromMilliseconds(50) }, Parts(workspace, reopen, listeners ?? []));

    private SiteWatcherParts Parts(HostingWorkspace workspace, Func<HostingWorkspace>? reopen, IReadOnlyList<IWatchListener> listeners) => new()
    {
        Workspace = workspace,
        Reopen = reopen,
        State = state,
        NewChecker = () => checker,
        AskObserverAsync = static (_, _) => Task.FromResult(new ObserverSanity(true, false, "Nothing to ask.")),
        ReadTargets = route,
        Listeners = listeners,
        Reporter = new Warnings(warnings),
        Time = TimeProvider.System,
        Random = new Random(7),
    };

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

    private sealed class Noting(StagedChecker inner, Action gone) : ITargetChecker
    {
        public ITargetCheck For(WatchTarget target) => inner.For(target);

        public void Dispose() => gone();
    }

    private sealed class Settling(Action<IWatchView> settle) : IWatchListener
    {
        public void Checked(TargetCheck check)
        {
        }

        public void Changed(VerdictChange change)
        {
        }

        public Task RunAsync(IWatchView view, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task SettleAsync(IWatchView view, CancellationToken cancellationToken)
        {
            settle(view);
            return Task.CompletedTask;
        }
    }
}
