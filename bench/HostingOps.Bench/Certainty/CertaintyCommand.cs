using System.Diagnostics;

namespace HostingOps.Bench.Certainty;

/// <summary>Runs the rules by which a site is switched through the same simulated days, and counts what they did wrong and how fast they were.</summary>
internal static class CertaintyCommand
{
    public const string Usage = "  certainty [--site-days 100000] [--interval 5] [--sites 200] [--record | --seed 1 --fault-duration 30 --fail-after 3 --automatic-after 20] [--rules text]   wrong switches, missed deaths and detection times, ours beside others'";

    public static int Run(string[] args)
    {
        var (options, problem) = CertaintyOptions.Read(args);
        if (options is null)
        {
            Console.Error.WriteLine(problem);
            return 2;
        }

        var rules = Simulation.AllRules(options.Check, options.Interval, options.Policy)
            .Where(rule => rule.Name.Contains(options.Rules, StringComparison.OrdinalIgnoreCase)).ToList();
        if (rules.Count == 0)
        {
            Console.Error.WriteLine($"No rule's name has '{options.Rules}'.");
            return 2;
        }

        var simulation = new Simulation(new FaultModel(), new Fleet(options.Sites), rules);
        var watch = Stopwatch.StartNew();
        simulation.Run(options.FirstSeed, options.Days);
        CertaintyReport.Print(simulation, options, watch.Elapsed, Console.Out);
        return 0;
    }
}
