using HostingOps.Engine.Watch.Verdicts;

namespace HostingOps.Engine.Tests.Watch.Verdicts;

/// <summary>A target whose site is in a given state at each moment, watched in simulated time as the watcher does.</summary>
internal sealed class VerdictStory(HealthCheckPolicy policy, TimeSpan? interval = null, bool singleRuns = false)
{
    public static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly TimeSpan Answer = TimeSpan.FromMilliseconds(100);

    private readonly List<(TimeSpan At, WatchState State)> changes = [];

    public VerdictStory()
        : this(new HealthCheckPolicy())
    {
    }

    public TargetVerdict Verdict { get; private set; } = TargetVerdict.Initial;

    /// <summary>When the next check begins.</summary>
    public TimeSpan Now { get; set; }

    public int Checks { get; private set; }

    /// <summary>Every change of state, with its second, for example <c>3.0 Down</c>.</summary>
    public IEnumerable<string> Changes => changes.Select(change => FormattableString.Invariant($"{change.At.TotalSeconds:0.0} {change.State}"));

    public bool EverDown => changes.Exists(change => change.State == WatchState.Down);

    /// <summary>Checks until the given second, with what each check comes to by the time at which it begins.</summary>
    public VerdictStory Until(double seconds, Func<double, ObservationKind> world, Circumstance circumstance = Circumstance.None)
    {
        while (Now.TotalSeconds < seconds)
        {
            Check(world(Now.TotalSeconds), circumstance);
        }

        return this;
    }

    public VerdictStory Until(double seconds, ObservationKind kind, Circumstance circumstance = Circumstance.None) => Until(seconds, _ => kind, circumstance);

    /// <summary>One check that begins now.</summary>
    public void Check(ObservationKind kind, Circumstance circumstance = Circumstance.None)
    {
        var took = kind == ObservationKind.Silent ? Evidence.SilentAfter(policy) : Answer;
        var step = See(new Observation(kind, Start + Now, Start + Now + took, kind + "."), circumstance);
        Checks++;

        // A check's successor may begin before the check has ended, but this one's result decides when.
        Now += step.NextCheck is { } soon ? (soon > took ? soon : took) : interval ?? policy.Interval;
    }

    public VerdictStep See(Observation seen, Circumstance circumstance = Circumstance.None)
    {
        var step = VerdictMachine.Observe(Verdict, seen, policy, circumstance, interval, singleRuns);
        if (step.Verdict.State != Verdict.State)
        {
            changes.Add((seen.At - Start, step.Verdict.State));
        }

        Verdict = TargetVerdictJson.Read(TargetVerdictJson.Write(step.Verdict));
        return step;
    }

    /// <summary>An observation by the seconds at which its check began and its result was known.</summary>
    public VerdictStep See(ObservationKind kind, double began, double known, Circumstance circumstance = Circumstance.None) =>
        See(new Observation(kind, Start.AddSeconds(began), Start.AddSeconds(known), kind + "."), circumstance);
}
