using System.Diagnostics;
using System.Globalization;
using System.Text;
using HostingOps.Engine.Inventory;

namespace HostingOps.Bench.Inventory;

/// <summary>Loads a large inventory, made in memory, several times: the first time with compilation, the others without.</summary>
internal static class InventoryCommand
{
    public const string Usage = "  inventory [--sites 5000] [--rounds 9]   load an inventory of so many sites, cold and warm";

    private const string Head = """
        version: 1
        zone: sites.example.net
        hosts:
          do-1: { provider: digitalocean, address: 203.0.113.10 }
          li-1: { provider: linode, address: 198.51.100.7 }
        sites:

        """;

    public static int Run(IReadOnlyList<string> arguments)
    {
        if (!TryRead(arguments, out var sites, out var rounds))
        {
            Console.Error.WriteLine($"usage:\n{Usage}");
            return 2;
        }

        var yaml = Yaml(sites);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{sites} sites, {Encoding.UTF8.GetByteCount(yaml) / 1048576.0:0.0} MiB of YAML"));
        var (cold, coldProcessor) = Load(yaml, sites);
        var warm = Enumerable.Range(0, rounds).Select(_ => Load(yaml, sites)).ToList();
        Print("cold, first in this process", cold, coldProcessor);
        Print("warm, median", Median(warm.Select(static run => run.Wall)), Median(warm.Select(static run => run.Processor)));
        return 0;
    }

    private static bool TryRead(IReadOnlyList<string> arguments, out int sites, out int rounds)
    {
        (sites, rounds) = (5000, 9);
        for (var i = 0; i < arguments.Count; i += 2)
        {
            if (i + 1 == arguments.Count
                || !int.TryParse(arguments[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                || number < 1)
            {
                return false;
            }

            switch (arguments[i])
            {
                case "--sites":
                    sites = number;
                    break;
                case "--rounds":
                    rounds = number;
                    break;
                default:
                    return false;
            }
        }

        return true;
    }

    private static (double Wall, double Processor) Load(string yaml, int sites)
    {
        using var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        var watch = Stopwatch.StartNew();
        var document = InventoryLoader.Parse(yaml, "hosting.yml");
        var wall = watch.Elapsed.TotalMilliseconds;
        process.Refresh();
        var processor = (process.TotalProcessorTime - before).TotalMilliseconds;
        return document.Inventory?.Sites.Count == sites
            ? (wall, processor)
            : throw new InvalidOperationException($"The inventory did not load: {string.Join(" ", document.Findings.Take(3))}");
    }

    private static string Yaml(int sites)
    {
        var yaml = new StringBuilder(Head.ReplaceLineEndings("\n"));
        for (var number = 0; number < sites; number++)
        {
            var (first, second) = number % 2 == 0 ? ("do-1", "li-1") : ("li-1", "do-1");
            yaml.Append(CultureInfo.InvariantCulture, $"  site{number}:\n")
                .Append(CultureInfo.InvariantCulture, $"    domain: client-{number}.example\n")
                .Append(CultureInfo.InvariantCulture, $"    aliases: [client{number}.example]\n")
                .Append(CultureInfo.InvariantCulture, $"    record: site{number}\n")
                .Append(CultureInfo.InvariantCulture, $"    primary: {first}\n    secondary: {second}\n")
                .Append(CultureInfo.InvariantCulture, $"    repository: https://git.example/site{number}.git\n")
                .Append("    check: { path: /health, expectStatus: [200-299], failAfter: 3 }\n")
                .Append("    policy: { automatic: false, cooldown: 15m }\n")
                .Append("    hooks: { promote: [[ssh, \"deploy@{{standby.address}}\", sudo, promote, \"{{site.name}}\"]] }\n");
        }

        return yaml.ToString();
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted[sorted.Length / 2];
    }

    private static void Print(string what, double wall, double processor) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"{what,-28} {wall,7:0} ms wall   {processor,7:0} ms processor"));
}
