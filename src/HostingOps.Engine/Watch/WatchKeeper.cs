using HostingOps.Engine.State;
using HostingOps.Engine.Watch.Maintenance;
using HostingOps.Engine.Watch.Verdicts;

namespace HostingOps.Engine.Watch;

/// <summary>Keeps what a watcher must remember in the state database, and reads from it what others have written: pauses.</summary>
internal sealed class WatchKeeper(StateDatabase database, IOperationReporter reporter, TimeProvider time, WatchOptions options)
{
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(1);

    // In turns.
    private const int PausesRead = 5;
    private const int ShareSaved = 10;
    private const int LifeTold = 60;

    private readonly WatchRegister register = new(database);
    private readonly OperationLock locks = new(database);
    private readonly string runId = new OperationIdSource(time).Next();
    private volatile SiteCircumstances circumstances = new(new MaintenanceCalendar([]), new Dictionary<string, FailoverPause>());
    private readonly object pausing = new();
    private IReadOnlyDictionary<string, FailoverPause> pauses = new Dictionary<string, FailoverPause>();
    private int isNewInventory = 1;
    private string? trouble;

    /// <summary>Takes the lease and writes down that a run begins.</summary>
    /// <exception cref="HostingException">WatcherBusy, StateUnavailable, StateCorrupt.</exception>
    public SiteLease Begin(HostingInventory inventory, bool isSingle)
    {
        var lease = WatcherLease.Take(locks, runId, database.Path);
        try
        {
            var now = time.GetUtcNow();
            register.Begin(new WatchRun
            {
                Id = runId,
                Zone = inventory.Zone,
                InventoryPath = inventory.Path,
                Operator = OperatorIdentity.Current(),
                ProcessId = Environment.ProcessId,
                IsSingle = isSingle,
                ExpectedEvery = options.ExpectedEvery,
                BeganAt = now,
                SeenAt = now,
            });
            return lease;
        }
        catch
        {
            lease.Dispose();
            throw;
        }
    }

    /// <summary>What is held of an inventory's targets, where their hosts' names lead to the machines that it was seen of.</summary>
    public IReadOnlyDictionary<(string Site, string Host), TargetVerdict> Verdicts(HostingInventory inventory)
    {
        var saved = register.Targets(inventory.Zone).ToDictionary(static saved => (saved.SiteName, saved.HostName));
        var held = new Dictionary<(string Site, string Host), TargetVerdict>();
        foreach (var (site, host) in inventory.Sites.SelectMany(static site => new[] { (site, site.Primary), (site, site.Secondary) }))
        {
            if (saved.TryGetValue((site.Name, host.Name), out var target) && target.IsOf(host))
            {
                held[(site.Name, host.Name)] = target.Verdict;
            }
        }

        return held;
    }

    /// <summary>The routing that was last known.</summary>
    public IReadOnlyDictionary<string, string> Routing(HostingInventory inventory) => register.Routing(inventory.Zone);

    /// <summary>Routing and verdicts of an inventory that is new; nothing where they can't be read just now.</summary>
    public (IReadOnlyDictionary<string, string> Routing, IReadOnlyDictionary<(string Site, string Host), TargetVerdict> Verdicts) Remembered(HostingInventory inventory)
    {
        IReadOnlyDictionary<string, string> routing = new Dictionary<string, string>();
        IReadOnlyDictionary<(string Site, string Host), TargetVerdict> verdicts = new Dictionary<(string, string), TargetVerdict>();
        Try(() => (routing, verdicts) = (Routing(inventory), Verdicts(inventory)));
        return (routing, verdicts);
    }

    /// <summary>Keeps the routing.</summary>
    public void SaveRouting(HostingInventory inventory, IReadOnlyDictionary<string, string> routing) =>
        Try(() => register.SaveRouting(inventory.Zone, routing));

    /// <summary>Has the targets that are watched no more forgotten, soon.</summary>
    public void Forget() => Interlocked.Exchange(ref isNewInventory, 1);

    /// <summary>Takes the inventory's maintenance windows, and reads the pauses that hold now; where they can't be read, the last known hold.</summary>
    public void ReadPauses(HostingInventory inventory) => ReadPauses(() => inventory);

    /// <summary>The same of the inventory in use, which is asked for when it is its turn: a slow reading never puts an older one back.</summary>
    public void ReadPauses(Func<HostingInventory> current)
    {
        lock (pausing)
        {
            var inventory = current();
            Try(() => pauses = new PauseRegister(database).All(time.GetUtcNow(), inventory.Zone).ToDictionary(static pause => pause.SiteName, StringComparer.Ordinal));
            circumstances = new SiteCircumstances(new MaintenanceCalendar(inventory.Maintenance), pauses);
        }
    }

    /// <summary>Pause or maintenance of a target at a time.</summary>
    public Circumstance CircumstanceOf(WatchTarget target, DateTimeOffset now) =>
        circumstances.Of(target.Site, target.Host, now).Circumstance;

    /// <summary>Saves until it is cancelled: changed verdicts each second, counts now and then.</summary>
    public async Task RunAsync(WatchLoop loop, Func<HostingInventory> inventory, CancellationToken cancellationToken)
    {
        for (var turn = 0L; ; turn++)
        {
            if (turn % PausesRead == 0)
            {
                ReadPauses(inventory);
            }

            await Task.Delay(Turn, time, cancellationToken).ConfigureAwait(false);
            var isShare = turn % ShareSaved == ShareSaved - 1;
            Save(loop, inventory(), isShare ? Math.Min(1, ShareSaved * Turn / options.SaveInterval) : 0);
            if (turn % LifeTold == 0)
            {
                Try(() => register.Live(runId));
                Forget(inventory);
            }
        }
    }

    /// <summary>Saves all that is left, and writes down how the run ended.</summary>
    public void End(WatchLoop? loop, HostingInventory inventory, string ending)
    {
        if (loop is not null)
        {
            Save(loop, inventory, share: 1);
        }

        Try(() => register.End(runId, ending));
    }

    /// <summary>The error of a watcher whose lease is lost.</summary>
    public HostingException LeaseLost()
    {
        try
        {
            return WatcherLease.Lost(database.Path, WatcherLease.Holder(locks));
        }
        catch (HostingException)
        {
            return WatcherLease.Lost(database.Path, null);
        }
    }

    private void Save(WatchLoop loop, HostingInventory inventory, double share)
    {
        var unsaved = loop.TakeUnsaved(share);
        if (unsaved.Count > 0 && !Try(() => register.Save(inventory.Zone, unsaved)))
        {
            loop.Unsave(unsaved);
        }
    }

    private void Forget(Func<HostingInventory> current)
    {
        // Taken before the inventory is asked for: one that is new from here on has its own turn.
        if (Interlocked.Exchange(ref isNewInventory, 0) == 0)
        {
            return;
        }

        var inventory = current();
        if (!Try(() => register.Keep(
            inventory.Zone,
            inventory.Sites.SelectMany(static site => new[] { (site.Name, site.Primary.Name), (site.Name, site.Secondary.Name) }).ToHashSet())))
        {
            Forget();
        }
    }

    // A database that can't be written for a moment is no reason to stop watching; when it lasts, the lease ends the watcher.
    private bool Try(Action write)
    {
        try
        {
            write();
            trouble = null;
            return true;
        }
        catch (HostingException error)
        {
            if (error.Message != trouble)
            {
                reporter.Warning(error.Message);
            }

            trouble = error.Message;
            return false;
        }
    }
}
