using HostingOps.Engine.Alerts.Outbox;
using HostingOps.Engine.Failover;
using HostingOps.Engine.State;
using HostingOps.Engine.Watch;
using HostingOps.Engine.Watch.Metrics;
using HostingOps.Engine.Watch.Registration;
using HostingOps.Engine.Watch.Status;

namespace HostingOps.Engine;

/// <content>How the watcher is, for people and for Prometheus.</content>
public sealed partial class HostingWorkspace
{
    /// <summary>What the watcher of this inventory holds: of the one that lives, else what was last saved, with a warning.</summary>
    /// <exception cref="HostingException">StateUnavailable, StateCorrupt.</exception>
    public Task<WatchStatusReport> GetWatchStatusAsync(CancellationToken cancellationToken) =>
        new WatchStatusReader(Inventory, state.Value, reporter, options.Time).ReadAsync(cancellationToken);

    /// <summary>The listeners that tell how the watcher is: first of what was missed, then the metrics.</summary>
    internal IReadOnlyList<IWatchListener> NewWatchStatus(WatchOptions watch)
    {
        var address = watch.MetricsAddress is { } text ? MetricsAddress.Parse(text) : null;
        var last = new WatchRegister(state.Value).Runs(Inventory.Zone, 1).FirstOrDefault();
        var missed = MissedRuns.Before(last, watch.ExpectedEvery, options.Time.GetUtcNow());
        var figures = new WatchFigures { Missed = missed, OpenIncidents = OpenIncidents, AlertsUndelivered = UndeliveredAlerts, MovesSince = MovesSince };
        return
        [
            new MissedRunsNotice(missed, alert => Alerts.Post(alert), reporter, options.Time),
            new WatchMetrics(address, OperatorIdentity.Current(), figures, Served, reporter, options.Time),
        ];
    }

    private IReadOnlyList<HostingIncident>? OpenIncidents() =>
        Try<IReadOnlyList<HostingIncident>?>(() => new IncidentRegister(state.Value, AlertScope.Of(Inventory)).Open(), null);

    // By hand or by itself, here or from another process: the journal knows all that this state database has seen.
    private IReadOnlyDictionary<FailoverOutcome, long>? MovesSince(DateTimeOffset start) => Try(() => Journal.OutcomesSince(start), null);

    private long? UndeliveredAlerts() => Try<long?>(() => new WatchStatusRegister(state.Value).Undelivered(AlertScope.Of(Inventory)), null);

    private void Served(Uri? url) => Try(
        () =>
        {
            new WatchStatusRegister(state.Value).Serve(Inventory.Zone, url);
            return true;
        },
        false);

    // A scrape must go on while the database is in trouble; the watcher tells of that itself.
    private T Try<T>(Func<T> read, T otherwise)
    {
        try
        {
            return read();
        }
        catch (Exception error) when (error is HostingException or ObjectDisposedException)
        {
            reporter.Debug($"For the metrics: {error.Message}");
            return otherwise;
        }
    }
}
