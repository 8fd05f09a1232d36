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
        running = Loop.RunAsync(stop.Token);
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

    /// <summary>Waits until the loop has done all that is due now.</summary>
    public async Task RestAsync()
    {
        for (var turn = 0; turn < 6; turn++)
        {
            if (running.IsCompleted)
            {
                return;
            }

            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            Loop.Post(() => reached.SetResult());
            await Task.WhenAny(reached.Task, running);

            // What the loop has cut off ends on threads of the pool: they have had their turn before the time goes on.
            await Task.Factory.StartNew(static () => { }, CancellationToken.None, TaskCreationOptions.PreferFairness, TaskScheduler.Default);
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
            await running;
        }
        catch (OperationCanceledException)
        {
            // Its end.
        }

        Loop.Dispose();
        stop.Dispose();
    }
}
