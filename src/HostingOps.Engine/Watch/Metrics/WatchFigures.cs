using System.Collections.Concurrent;
using HostingOps.Engine.Watch.Registration;
using HostingOps.Engine.Watch.Witnesses;

namespace HostingOps.Engine.Watch.Metrics;

/// <summary>What others than the checks contribute to the metrics and the status. Safe for several threads.</summary>
internal sealed class WatchFigures
{
    private readonly ConcurrentDictionary<FailoverOutcome, long> failovers;
    private readonly ConcurrentDictionary<(string Witness, WitnessAnswer Answer), long> witnesses;

    public WatchFigures()
        : this(new(), new())
    {
    }

    private WatchFigures(ConcurrentDictionary<FailoverOutcome, long> failovers, ConcurrentDictionary<(string Witness, WitnessAnswer Answer), long> witnesses) =>
        (this.failovers, this.witnesses) = (failovers, witnesses);

    /// <summary>The incidents that are open.</summary>
    public Func<IReadOnlyList<HostingIncident>> OpenIncidents { get; init; } = static () => [];

    /// <summary>How many alerts have reached nobody yet, those given up included.</summary>
    public Func<long> AlertsUndelivered { get; init; } = static () => 0;

    /// <summary>What was missed before this watcher began, or null.</summary>
    public MissedRuns? Missed { get; init; }

    /// <summary>Automatic failovers ended, by outcome.</summary>
    public IEnumerable<KeyValuePair<FailoverOutcome, long>> Failovers => failovers;

    /// <summary>What the witnesses answered.</summary>
    public IEnumerable<KeyValuePair<(string Witness, WitnessAnswer Answer), long>> Witnesses => witnesses;

    /// <summary>The same counters with what the state database has beside them.</summary>
    public WatchFigures With(MissedRuns? missed, Func<IReadOnlyList<HostingIncident>> openIncidents, Func<long> alertsUndelivered) =>
        new(failovers, witnesses) { Missed = missed, OpenIncidents = openIncidents, AlertsUndelivered = alertsUndelivered };

    /// <summary>Counts an automatic failover that has ended.</summary>
    public void FailoverEnded(FailoverOutcome outcome) => failovers.AddOrUpdate(outcome, 1, static (_, count) => count + 1);

    /// <summary>Counts a witness's answer.</summary>
    public void WitnessAnswered(string witness, WitnessAnswer answer) =>
        witnesses.AddOrUpdate((witness, answer), 1, static (_, count) => count + 1);
}
