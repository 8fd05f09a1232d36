using System.Globalization;
using HostingOps.Soak;

namespace HostingOps.Bench.Failover;

/// <summary>Watches a sandbox for minutes while requests are lost, the observer is cut off and hosts die.</summary>
internal static class SoakCommand
{
    public const string Usage = "  soak [--minutes 1.5] [--sites 500] [--seed 1] [--after 0]   automatic failover under lost requests, cut lines and dead hosts; Linux";

    public static async Task<int> RunAsync(string[] args)
    {
        // The sandbox's five hundred sites and their TLS are in this process.
        ThreadPool.SetMinThreads(64, 64);
        var folder = Directory.CreateTempSubdirectory("hostingops-soak-").FullName;
        try
        {
            var options = new SoakOptions
            {
                Duration = TimeSpan.FromMinutes(Number("--minutes", 1.5)),
                Sites = (int)Number("--sites", 500),
                Seed = (int)Number("--seed", 1),
                WatchAsync = AgentWatch.RunAsync,
                AutomaticAfter = TimeSpan.FromSeconds(Number("--after", 0)),
            };
            var figures = await SoakRun.RunAsync(options, folder, Console.WriteLine);
            Console.WriteLine(figures);
            foreach (var wrong in figures.WrongSwitches)
            {
                Console.WriteLine($"wrong: {wrong}");
            }

            return figures.WrongSwitches.Count == 0 && figures.Missed == 0 ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        double Number(string name, double otherwise) =>
            args.SkipWhile(arg => arg != name).Skip(1).Select(static text => double.Parse(text, CultureInfo.InvariantCulture)).FirstOrDefault(otherwise);
    }
}
