using HostingOps.Engine.Alerts;

namespace HostingOps.Engine.Watch.Automatic;

/// <summary>
/// Moves sites by itself: those that have been Down for as long as their policy says, the forty of a dead host in one operation; back to
/// their primaries where the policy asks for it; and finishes what an earlier watcher left behind. One loop decides; the
/// operations run beside it, so that none waits for another's hooks.
/// </summary>
internal sealed class AutomaticFailover : IWatchListener
{
    private readonly Func<IWatchView, ISiteMover> movers;
    private readonly Func<IReadOnlyList<HostingIncident>> incidents;
    private readonly IAlertSink alerts;
    private readonly IOperationReporter reporter;
    private readonly TimeProvider time;
    private readonly AutomaticOptions options;
    private readonly MoveMemory memory;
    private readonly MoveNotices notices = new();
    private readonly WakeSignal signal = new();
    private bool hasRun;

    /// <summary>Moves sites by the open inventory of the watcher.</summary>
    /// <param name="incidents">The incidents that people know of and that last.</param>
    /// <param name="alerts">Tells people.</param>
    /// <param name="reporter">Told of what people need not be alerted of.</param>
    /// <param name="time">The clock.</param>
    public AutomaticFailover(Func<IReadOnlyList<HostingIncident>> incidents, IAlertSink alerts, IOperationReporter reporter, TimeProvider time)
        : this(static view => new WorkspaceMover(view.Workspace), incidents, alerts, reporter, time)
    {
    }

    internal AutomaticFailover(
        Func<IWatchView, ISiteMover> movers,
        Func<IReadOnlyList<HostingIncident>> incidents,
        IAlertSink alerts,
        IOperationReporter reporter,
        TimeProvider time,
        AutomaticOptions? options = null)
    {
        this.incidents = incidents;
        this.movers = movers;
        this.alerts = alerts;
        this.reporter = reporter;
        this.time = time;
        this.options = options ?? new AutomaticOptions();
        memory = new MoveMemory(this.options, time);
    }

    /// <inheritdoc/>
    public string Title => "Automatic failover";

    /// <inheritdoc/>
    public void Checked(TargetCheck check)
    {
    }

    /// <inheritdoc/>
    public void Changed(VerdictChange change)
    {
        var site = change.Target.Site;
        var isNew = change.Target.Role == WatchRole.Active && change.Verdict.State == WatchState.Down;
        var mayHelp = change.Target.Role == WatchRole.Standby && change.Verdict.State is WatchState.Healthy or WatchState.Recovering;
        if (isNew || mayHelp)
        {
            memory.Forget(site.Name);
        }

        if (change.IsUrgent)
        {
            signal.Set();
        }
    }

    /// <inheritdoc/>
    public async Task RunAsync(IWatchView view, CancellationToken cancellationToken)
    {
        hasRun = true;
        var run = new AutomaticRun(Room(view), signal);
        await run.LoopAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task SettleAsync(IWatchView view, CancellationToken cancellationToken)
    {
        // At the end of a long run nothing is begun any more: the process has seconds to live.
        if (!hasRun)
        {
            await new AutomaticRun(Room(view), signal).OnceAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private AutomaticRoom Room(IWatchView view) => new(view, () => movers(view), incidents, alerts, memory, notices, reporter, time, options);
}
