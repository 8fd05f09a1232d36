using System.Collections.Concurrent;
using HostingOps.Engine.Health;
using HostingOps.Engine.Watch;
using HostingOps.Engine.Watch.Verdicts;
using HostingOps.Testing;

namespace HostingOps.Engine.Tests.Watch.Watching;

/// <summary>A loop in simulated time, with staged checks and everything it tells.</summary>
internal sealed class LoopRun : IAsyncDisposable, IWatchListener
{
    private readonly CancellationTokenSource stop = new();
    private readonly Task running;

    public LoopRun(IReadOnlyList<HostedSite> sites, int places = 64, Func<WatchLoopSettings, WatchLoopSettings>? change = null, Action<StagedChecker>? stage = null,
        IReadOnlyDictionary<(string, string), TargetVerdict>? remembered = null, bool routed = true)
    {
        Checker = new StagedChecker(Time);
        stage?.Invoke(Checker);
        var settings = new WatchLoopSettings
        {
            Places = places,
            Listeners = [this],
            Random = new Random(7),
            AskObserverAsync = async token =>
            {
                Asked.Enqueue(Time.GetUtcNow());
                return await Observer(token);
            },
        };
        Loop = new WatchLoop(Checker, change?.Invoke(settings) ?? settings, Time);
        Watch(sites, remembered, routed);

        // Not on the test's own thread: what the loop begins there would go on there.
        running = Task.Run(() => Loop.RunAsync(stop.Token));
    }

    public ManualTimeProvider Time { get; } = new();

    public StagedChecker Checker { get; }

    public WatchLoop Loop { get; }

    public ConcurrentQueue<VerdictChange> Changes { get; } = new();

    public ConcurrentQueue<TargetCheck> Checks { get; } = new();

    public ConcurrentQueue<DateTimeOffset> Asked { get; } = new();

    public Task Running => running;

    public Func<CancellationToken, Task<ObserverSanity>> Observer { get; set; } = static _ => Task.FromResult(new ObserverSanity(true, true, "It sees."));

    public WatcherSnapshot Snapshot() => Loop.Snapshot(new WatcherSnapshot
    {
        At = default, StartedAt = default, Inventory = new HostingInventory { Zone = "sites.example.net" }, InventoryReadAt = default,
        Targets = [], ChecksBegun = 0, ChecksUnderWay = 0, Lag = default,
    });

    public TargetVerdict Verdict(string site, string host = "do-1") =>
        Snapshot().Targets.Single(target => target.Target.Site.Name == site && target.Target.Host.Name == host).Verdict;

    public void Watch(IReadOnlyList<HostedSite> sites, IReadOnlyDictionary<(string, string), TargetVerdict>? remembered = null, bool routed = true, string? active = null) =>
        Loop.Watch(
            new HostingInventory { Zone = "sites.example.net", Sites = sites },
            routed ? sites.ToDictionary(site => site.Name, site => active ?? site.Primary.Name) : new Dictionary<string, string>(),
            remembered ?? new Dictionary<(string, string), TargetVerdict>());

    /// <summary>Lets the time pass in small steps, with the loop at rest after each.</summary>
    public async Task PassAsync(TimeSpan time, TimeSpan? step = null)
    {
        var by = step ?? TimeSpan.FromMilliseconds(100);
        for (var passed = TimeSpan.Zero; passed < time; passed += by)
        {
            await RestAsync();
            Time.Advance(by);
        }

        await RestAsync();
    }

    /// <summary>Waits until the loop has done all that is due now, and what it or the time has ended has ended.</summary>
    public async Task RestAsync()
    {
        // Two turns in which nothing begins or ends: the first may have taken in the end of a check, the second has told it.
        for (var quiet = 0; !running.IsCompleted;)
        {
            var before = (Checker.Begun.Count, Checker.Ended, Asked.Count);
            var someEnded = await Checker.Pauses.EndedAsync().WaitAsync(Eventually.Patience);
            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            Loop.Post(() => reached.SetResult());
            await Task.WhenAny(reached.Task, running).WaitAsync(Eventually.Patience);
            quiet = someEnded || before != (Checker.Begun.Count, Checker.Ended, Asked.Count) ? 0 : quiet + 1;
            if (quiet == 2)
            {
                return;
            }

            // Is given once the loop has ended this turn, so that the next one is another.
            _ = Snapshot();
        }
    }

    public void Checked(TargetCheck check) => Checks.Enqueue(check);

    public void Changed(VerdictChange change) => Changes.Enqueue(change);

    public Task RunAsync(IWatchView view, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task SettleAsync(IWatchView view, CancellationToken cancellationToken) => Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        try
        {
            await running.WaitAsync(Eventually.Patience);
        }
        catch (OperationCanceledException)
        {
            // Its end.
        }

        Loop.Dispose();
        stop.Dispose();
    }
}
