using HostingOps.Bench.Certainty;
using HostingOps.Bench.Certainty.Rules;
using HostingOps.Bench.Certainty.Rules.Ours;

namespace HostingOps.Engine.Tests.Watch.Certainty;

/// <summary>The simulator behind the printed figures: bench/HostingOps.Bench/Certainty, compiled into these tests.</summary>
public sealed class CertaintySimulatorTests
{
    private static readonly FaultModel Model = new();
    private static readonly Fleet Small = new(Fleet.SitesPerPair);

    [Fact]
    public void Skipping_what_surely_answers_changes_no_statistic()
    {
        // Loss as on a bad line makes odd checks common enough to be counted in seconds; much else that fails would make every
        // moment one in which the observer is judged. So deaths are set, one on each host.
        var model = Model with { BackgroundLoss = 0.01, Haste = 2 };
        var check = new HealthCheckPolicy { Interval = TimeSpan.FromSeconds(30) };
        var policy = new SitePolicy { AutomaticAfter = TimeSpan.Zero };
        var skipping = Deadly(model, new OurRule(new OurOptions { Check = check, Policy = policy, Witnesses = 2 }));
        var all = Deadly(model, new OurRule(new OurOptions { Check = check, Policy = policy, Witnesses = 2, Skips = false }));

        Assert.Equal(all.Deaths, skipping.Deaths);
        Assert.True(all.Deaths > 20, $"{all.Deaths} deaths are too few to compare.");
        Assert.InRange(skipping.Checks / all.Checks, 0.97, 1.03);
        Assert.InRange(skipping.Connections / all.Connections, 0.95, 1.05);
        AssertAlike(all.Switches, skipping.Switches);
        AssertAlike(all.FalseStopped, skipping.FalseStopped);
        AssertAlike(all.Missed, skipping.Missed);
        Assert.InRange(Statistics.Quantile(skipping.Detection, 0.5) / Statistics.Quantile(all.Detection, 0.5), 0.9, 1.1);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(30)]
    public void Odd_checks_are_as_frequent_as_when_every_check_is_made(int interval)
    {
        var model = Model with { BackgroundLoss = 0.05, AnswerSigma = 1.2, Haste = 0 };
        var world = new World(new FleetDay(model, Small, 1));
        var policy = new HealthCheckPolicy { Interval = TimeSpan.FromSeconds(interval) };
        var log = new RuleLog(world.Day);
        var check = new OurCheck(world, policy, log);
        var site = new WatchedSite(0, 0, null!, new DrawSequence(world.Day.Draws));
        Assert.False(world.Day.RefusesHead(0));
        const int Checks = 100_000;
        var unanswered = 0;
        for (var i = 0; i < Checks; i++)
        {
            var at = i * (double)interval;
            var seen = check.Run(site, at, routine: true, default);
            unanswered += !seen.Answers || (seen.ConnectedAt > at + 1 && seen.At > at + 1) ? 1 : 0;
        }

        // What is drawn as odd holds all that is not answered at once, and may hold a check that is.
        var odd = new OddChecks(model, interval, check.Keeps);
        var draws = new DrawSequence(new Draws(5));
        var oddUnanswered = 0;
        const int Odd = 5_000;
        for (var i = 0; i < Odd; i++)
        {
            var at = 0.5 + (i * 100.0);
            var oddities = odd.Draw(inFull: false, draws);
            site.KeptSince = oddities.Kept ? at : double.NegativeInfinity;
            var seen = check.Run(site, at, routine: true, oddities);
            oddUnanswered += !seen.Answers || (seen.ConnectedAt > at + 1 && seen.At > at + 1) ? 1 : 0;
        }

        var expected = odd.Chance(inFull: false) * oddUnanswered / Odd * Checks;
        Assert.True(unanswered > 50, $"{unanswered} are too few to compare.");
        Assert.InRange(expected / unanswered, 0.8, 1.25);
    }

    [Fact]
    public void A_day_is_the_same_whenever_it_is_lived()
    {
        IRule[] rules = [.. Simulation.AllRules(new HealthCheckPolicy(), TimeSpan.FromSeconds(5), new SitePolicy())];
        var model = Model with { Haste = 5 };
        foreach (var rule in rules)
        {
            var (first, second) = (Run(model, 1, rule), Run(model, 1, rule));
            Assert.Equal(first.Switches, second.Switches);
            Assert.Equal(first.Detection.Order(), second.Detection.Order());
            Assert.Equal(first.Checks, second.Checks);
        }
    }

    [Fact]
    public void A_dead_host_is_switched_by_every_rule_and_a_day_without_faults_by_none()
    {
        foreach (var rule in Simulation.AllRules(new HealthCheckPolicy(), TimeSpan.FromSeconds(5), new SitePolicy()))
        {
            var calm = Run(Model with { Haste = 0, HeadRefusedOneIn = 1_000 }, 3, rule);
            Assert.Equal(0, calm.Switches);

            var dead = new FleetDay(Model with { HeadRefusedOneIn = 1_000 }, Small, 1, [new(FaultKind.HostDeath, Effect.Silent, 30_000, 32_000, Host: 0)]);
            var log = new RuleLog(dead);
            rule.Live(new World(dead), log);
            var figures = new Statistics();
            figures.Take(dead, log);
            Assert.Equal(Fleet.LivePerHost, figures.Deaths);
            Assert.Equal(Fleet.LivePerHost, figures.Detection.Count);
            Assert.Equal(0, figures.WrongBy.Where(static wrong => wrong.Key != FaultKind.HeadRefused).Sum(static wrong => wrong.Value));
        }
    }

    [Fact]
    public void Truth_holds_an_outage_for_what_visitors_miss_and_for_nothing_else()
    {
        Condition[] active =
        [
            new(FaultKind.ObserverCut, Effect.Silent, 100, 200, Vantage: Fleet.Observer),
            new(FaultKind.SlowSpell, Effect.Slow, 300, 900, 3),
            new(FaultKind.ServerErrors, Effect.Errors, 1_000, 1_030, 0.4),
            new(FaultKind.HostReboot, Effect.Refused, 2_000, 2_002),
            new(FaultKind.HostReboot, Effect.Silent, 2_002, 2_030),
            new(FaultKind.HostDeath, Effect.Silent, 5_000, 7_000),
        ];
        Condition[] standby = [new(FaultKind.HostDeath, Effect.Silent, 5_500, 6_000)];

        var outages = Truth.Of(active, standby);

        Assert.Equal(
            [new Outage(2_000, 2_030, FaultKind.HostReboot, IsSilent: false, StandbyServes: true), new Outage(5_000, 7_000, FaultKind.HostDeath, IsSilent: true, StandbyServes: false)],
            outages);
    }

    [Theory]
    [InlineData("--record", "--seed", "7")]
    [InlineData("--record", "--automatic-after", "60")]
    [InlineData("--fault-duration", "45", "--record")]
    [InlineData("--seed", "5000000000")]
    [InlineData("--site-days", "many")]
    [InlineData("--unknown", "1")]
    public void Figures_for_the_record_take_neither_seeds_nor_settings(params string[] args)
    {
        var (options, problem) = CertaintyOptions.Read(args);
        Assert.Null(options);
        Assert.NotNull(problem);
    }

    [Fact]
    public void The_seeds_of_the_record_are_apart_from_those_for_tuning()
    {
        var (tuning, _) = CertaintyOptions.Read(["--seed", "1000", "--site-days", "1000000"]);
        var (record, _) = CertaintyOptions.Read(["--record", "--site-days", "1000000"]);
        Assert.True(tuning!.FirstSeed + (ulong)tuning.Days <= CertaintyOptions.TuningSeeds);
        Assert.Equal(CertaintyOptions.RecordSeeds, record!.FirstSeed);
        Assert.Equal(5_000, record.Days);
    }

    private static Statistics Deadly(FaultModel model, IRule rule)
    {
        var figures = new Statistics();
        foreach (var seed in new ulong[] { 900_000, 900_001 })
        {
            Condition[] deaths = [new(FaultKind.HostDeath, Effect.Silent, 30_000, 32_000, Host: 0), new(FaultKind.HostDeath, Effect.Silent, 60_000, 61_500, Host: 1)];
            var day = new FleetDay(model, Small, seed, [.. model.Draw(Small, new Draws(seed).Of(3)), .. deaths]);
            var log = new RuleLog(day);
            rule.Live(new World(day), log);
            figures.Take(day, log);
        }

        return figures;
    }

    private static Statistics Run(FaultModel model, int days, IRule rule)
    {
        var simulation = new Simulation(model, Small, [rule]);
        simulation.Run(900_000, days);
        return simulation.Figures[0];
    }

    // Counts of rare things that were drawn apart: within four times their own noise.
    private static void AssertAlike(long one, long other) =>
        Assert.InRange(Math.Abs(one - other), 0, 10 + (4 * Math.Sqrt(Math.Max(one, other))));
}
