using System.Runtime.CompilerServices;
using HostingOps.Engine.Health;
using HostingOps.Engine.Watch;
using HostingOps.Engine.Watch.Automatic;
using HostingOps.Engine.Watch.Checking;
using HostingOps.Engine.Watch.Incidents;

namespace HostingOps.Engine;

/// <content>The watcher of all sites.</content>
public sealed partial class HostingWorkspace
{
    private int users;

    /// <summary>Whether an operation is under way with it.</summary>
    internal bool IsInUse => Volatile.Read(ref users) > 0;

    /// <summary>A watcher of all sites of this inventory. This workspace must stay open for as long as it runs.</summary>
    /// <exception cref="HostingException">InvalidArgument; StateUnavailable, StateCorrupt.</exception>
    public SiteWatcher NewWatcher(WatchOptions watch)
    {
        ArgumentNullException.ThrowIfNull(watch);
        if (watch.ThrottleLimit < 1)
        {
            throw new HostingException(
                ErrorIds.InvalidArgument,
                HostingErrorCategory.InvalidArgument,
                watch.ThrottleLimit,
                FormattableString.Invariant($"The throttle limit is {watch.ThrottleLimit}; it must be 1 or more."));
        }

        return new SiteWatcher(watch, new SiteWatcherParts
        {
            Workspace = this,
            Reopen = Inventory.Path is { } path ? () => Open(options with { InventoryPath = path }, reporter) : null,
            State = state.Value,
            NewChecker = () => new PinnedChecker(new SiteProber(options.Time, reporter: reporter)),
            AskObserverAsync = (inventory, token) => new ObserverCheck(prober.Value).CheckAsync(inventory.Policy.ObserverChecks, token),
            Listeners = WatchListeners(watch),
            Reporter = reporter,
            Time = options.Time,
            Random = options.Random,
        });
    }

    // Told in this order: what is an incident before what is done about it, and all that is to be sent when everybody has posted.
    internal IReadOnlyList<IWatchListener> WatchListeners(WatchOptions watch)
    {
        var desk = new IncidentDesk(Alerts, options.Time) { SendsWhenSettled = false };
        return [desk, new AutomaticFailover(() => desk.Open, Alerts, reporter, options.Time), .. NewWatchStatus(watch), new LastAlerts(Alerts, reporter)];
    }

    // However long its hooks take, an operation keeps its workspace open.
    internal async IAsyncEnumerable<T> InUse<T>(IAsyncEnumerable<T> work, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref users);
        try
        {
            await foreach (var item in work.WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                yield return item;
            }
        }
        finally
        {
            Interlocked.Decrement(ref users);
        }
    }
}
