using HostingOps.Bench.Certainty.Rules;
using HostingOps.Bench.Certainty.Rules.Ours;

namespace HostingOps.Bench.Certainty;

/// <summary>Lets every rule live through the same days.</summary>
internal sealed class Simulation(FaultModel model, Fleet fleet, IReadOnlyList<IRule> rules)
{
    public IReadOnlyList<IRule> Rules => rules;

    public IReadOnlyList<Statistics> Figures { get; } = [.. rules.Select(static _ => new Statistics())];

    /// <summary>Ours, alone and with witnesses, and its peers.</summary>
    public static IReadOnlyList<IRule> AllRules(HealthCheckPolicy check, TimeSpan interval, SitePolicy policy)
    {
        var ours = check with { Interval = interval };
        var atOnce = policy with { AutomaticAfter = TimeSpan.Zero };
        List<IRule> rules =
        [
            new OurRule(new OurOptions { Check = ours, Policy = policy, Witnesses = 2 }),
            new OurRule(new OurOptions { Check = ours, Policy = atOnce, Witnesses = 2 }),
            new OurRule(new OurOptions { Check = ours, Policy = policy }),
            new CronRule(),
            new GatusRule(60),
            new GatusRule(interval.TotalSeconds),
            new Route53Rule(30),
            new Route53Rule(10),
        ];
        return rules;
    }

    public void Run(ulong firstSeed, int days)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount };
        Parallel.For(0, days, options, number =>
        {
            var day = new FleetDay(model, fleet, firstSeed + (ulong)number);
            var world = new World(day);
            for (var i = 0; i < rules.Count; i++)
            {
                var log = new RuleLog(day);
                rules[i].Live(world, log);
                Figures[i].Take(day, log);
            }
        });
    }
}
