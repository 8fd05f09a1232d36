using FsCheck;
using FsCheck.Fluent;
using HostingOps.Engine.Watch.Verdicts;

namespace HostingOps.Engine.Tests.Watch.Verdicts;

/// <summary>Policies and sequences of observations of every sort, from a seed.</summary>
internal static class VerdictWorld
{
    public static void Holds(Func<int, bool> property, int times = 3000) =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), property).Check(Config.QuickThrowOnFailure.WithMaxTest(times));

    public static HealthCheckPolicy Policy(Random random)
    {
        var of = random.Next(3, 61);
        return new HealthCheckPolicy
        {
            FailAfter = random.Next(1, 8),
            RecoverAfter = random.Next(1, 6),
            ConfirmInterval = TimeSpan.FromMilliseconds(Pick(random, 0, 100, 1000, 1000, 1000, 5000)),
            Interval = TimeSpan.FromSeconds(Pick(random, 1, 5, 30, 30, 30, 300, 86_400)),
            Timeout = TimeSpan.FromSeconds(Pick(random, 1, 5, 5, 30)),
            FaultDuration = TimeSpan.FromSeconds(Pick(random, 0, 5, 30, 30, 30, 300)),
            HoldDown = TimeSpan.FromSeconds(Pick(random, 0, 1, 30, 30, 300)),
            MaxHoldDown = TimeSpan.FromSeconds(Pick(random, 0, 60, 900, 900)),
            FlapWindow = TimeSpan.FromSeconds(Pick(random, 0, 60, 3600, 3600)),
            Intermittent = new IntermittentFailures(random.Next(3, of + 1), of),
        };
    }

    /// <summary>Steps in any rhythm: as told by the machine, overlapping, late, twice, after hours, with a clock that is set.</summary>
    public static List<(Observation Seen, Circumstance Circumstance)> Sequence(Random random, HealthCheckPolicy policy)
    {
        var now = VerdictStory.Start;
        var list = new List<(Observation, Circumstance)>();
        var circumstance = Circumstance.None;
        var mood = random.Next(4);
        for (var i = random.Next(1, 120); i > 0; i--)
        {
            mood = random.Next(8) == 0 ? random.Next(4) : mood;
            now += random.Next(20) switch
            {
                0 => -TimeSpan.FromSeconds(random.Next(1, 100_000)),
                1 => TimeSpan.FromSeconds(random.Next(1, 1_000_000)),
                < 6 => policy.Interval,
                < 9 => TimeSpan.FromMilliseconds(random.Next(0, 900)),
                _ => policy.ConfirmInterval,
            };
            var kind = (mood, random.Next(10)) switch
            {
                (_, 0) => ObservationKind.Unclear,
                (0, _) => ObservationKind.Answers,
                (1, _) => ObservationKind.Silent,
                (2, _) => ObservationKind.Faulty,
                (_, < 4) => ObservationKind.Answers,
                (_, < 7) => ObservationKind.Silent,
                _ => ObservationKind.Faulty,
            };
            circumstance = random.Next(25) != 0 ? circumstance : (Circumstance)random.Next(3);
            var took = TimeSpan.FromMilliseconds(random.Next(3) == 0 ? random.Next(0, (int)policy.Timeout.TotalMilliseconds) : random.Next(0, 1000));
            list.Add((new Observation(kind, now - took, now, $"{kind}."), circumstance));
            if (random.Next(10) == 0)
            {
                list.Add(list[random.Next(Math.Max(0, list.Count - 5), list.Count)]);
            }
        }

        return list;
    }

    /// <summary>Checks that do not overlap, at the routine interval or the confirming one, of which each answers or fails.</summary>
    public static List<(Observation Seen, Circumstance Circumstance)> OneAfterAnother(Random random, HealthCheckPolicy policy)
    {
        var list = new List<(Observation, Circumstance)>();
        var now = VerdictStory.Start;
        for (var i = random.Next(1, 120); i > 0; i--)
        {
            var kind = random.Next(4) switch { 0 => ObservationKind.Answers, 1 => ObservationKind.Silent, _ => ObservationKind.Faulty };
            var ended = now.AddMilliseconds(random.Next(0, 1000));
            list.Add((new Observation(kind, now, ended, $"{kind}."), Circumstance.None));
            now += random.Next(3) == 0 ? policy.Interval : policy.ConfirmInterval;
            now = now > ended ? now : ended.AddMilliseconds(1);
        }

        return list;
    }

    public static List<TargetVerdict> Run(HealthCheckPolicy policy, IEnumerable<(Observation Seen, Circumstance Circumstance)> sequence)
    {
        var verdicts = new List<TargetVerdict> { TargetVerdict.Initial };
        foreach (var (seen, circumstance) in sequence)
        {
            verdicts.Add(VerdictMachine.Observe(verdicts[^1], seen, policy, circumstance).Verdict);
        }

        return verdicts;
    }

    public static bool IsFailure(ObservationKind kind) => kind is ObservationKind.Silent or ObservationKind.Faulty;

    private static int Pick(Random random, params ReadOnlySpan<int> values) => values[random.Next(values.Length)];
}
