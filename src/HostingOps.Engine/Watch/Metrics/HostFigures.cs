using HostingOps.Engine.Watch.Verdicts;

namespace HostingOps.Engine.Watch.Metrics;

/// <summary>What was counted on one host: checks by outcome, and how long those took that were answered. Without a lock.</summary>
internal sealed class HostFigures
{
    private static readonly int Kinds = Enum.GetValues<ObservationKind>().Length;

    private readonly long[] checks = new long[Kinds];
    private readonly long[] buckets = new long[Bounds.Count + 1];
    private long microseconds;

    /// <summary>The upper bounds of the buckets, in seconds: a probe's time-out is 5 s unless the inventory says more.</summary>
    public static IReadOnlyList<double> Bounds { get; } = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    /// <summary>Counts one check.</summary>
    public void Add(ObservationKind kind, double milliseconds)
    {
        Interlocked.Increment(ref checks[(int)kind]);
        if (kind != ObservationKind.Answers || !double.IsFinite(milliseconds) || milliseconds < 0)
        {
            // How long a host stayed silent is our own time-out, not its latency.
            return;
        }

        var seconds = milliseconds / 1000;
        var at = 0;
        while (at < Bounds.Count && seconds > Bounds[at])
        {
            at++;
        }

        Interlocked.Increment(ref buckets[at]);
        Interlocked.Add(ref microseconds, (long)(milliseconds * 1000));
    }

    /// <summary>How many checks ended so.</summary>
    public long Checks(ObservationKind kind) => Interlocked.Read(ref checks[(int)kind]);

    /// <summary>The counts of the buckets added up, the last being all of them, and the sum in seconds.</summary>
    public (long[] Cumulative, double Sum) Latency()
    {
        var counts = new long[buckets.Length];
        var total = 0L;
        for (var at = 0; at < counts.Length; at++)
        {
            total += Interlocked.Read(ref buckets[at]);
            counts[at] = total;
        }

        return (counts, Interlocked.Read(ref microseconds) / 1e6);
    }
}
