using System.Diagnostics;
using System.Globalization;
using HostingOps.Engine.Apex.Redirects;

namespace HostingOps.Bench.Apex;

/// <summary>
/// The generated configuration, one server with maps, against one server block for each domain, in turns on a real nginx: time of
/// <c>nginx -t</c>, time until it listens, memory, and what a handshake costs.
/// </summary>
internal static class ApexCommand
{
    public const string Usage = "  apex [--domains 10000] [--rounds 5]      redirects: one server with maps against a server block per domain";

    public static async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        if (!TryRead(arguments, out var domains, out var rounds))
        {
            Console.Error.WriteLine($"usage:\n{Usage}");
            return 2;
        }

        var sites = Sites(domains);
        var generation = Enumerable.Range(0, rounds + 1).Select(_ => Generate(sites)).Skip(1).ToList();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{domains} domains: table and configuration in {Median(generation.Select(static run => run.Time)):0} ms (median of {rounds})"));
        var nginx = new[] { "/usr/sbin/nginx", "/usr/bin/nginx", "/usr/local/bin/nginx" }.FirstOrDefault(File.Exists);
        if (nginx is null)
        {
            Console.Error.WriteLine("There is no nginx on this machine.");
            return 1;
        }

        using var maps = new RedirectFarm(nginx, ApexRedirectTable.Create(sites, wwwAliases: false), blocks: false);
        using var blocks = new RedirectFarm(nginx, ApexRedirectTable.Create(sites, wwwAliases: false), blocks: true);
        var figures = new Dictionary<RedirectFarm, List<RedirectFigures>> { [maps] = [], [blocks] = [] };
        for (var round = 0; round < rounds; round++)
        {
            figures[maps].Add(await maps.MeasureAsync());
            figures[blocks].Add(await blocks.MeasureAsync());
        }

        Console.WriteLine($"{"",-28} {"one server, maps",18} {"a block each",18}");
        Print("configuration, KiB", figures.Values.Select(static runs => runs.Select(static run => run.ConfigKiB)));
        Print("nginx -t, ms", figures.Values.Select(static runs => runs.Select(static run => run.TestMilliseconds)));
        Print("start until it listens, ms", figures.Values.Select(static runs => runs.Select(static run => run.StartMilliseconds)));
        Print("reload, ms", figures.Values.Select(static runs => runs.Select(static run => run.ReloadMilliseconds)));
        Print("resident, worker, MiB", figures.Values.Select(static runs => runs.Select(static run => run.WorkerMiB)));
        Print("resident, both (PSS), MiB", figures.Values.Select(static runs => runs.Select(static run => run.BothMiB)));
        Print("handshake and answer, ms", figures.Values.Select(static runs => runs.Select(static run => run.HandshakeMilliseconds)));
        return 0;
    }

    private static bool TryRead(IReadOnlyList<string> arguments, out int domains, out int rounds)
    {
        (domains, rounds) = (10_000, 5);
        for (var i = 0; i < arguments.Count; i += 2)
        {
            if (i + 1 == arguments.Count || !int.TryParse(arguments[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < 1)
            {
                return false;
            }

            switch (arguments[i])
            {
                case "--domains":
                    domains = number;
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

    private static List<HostedSite> Sites(int count)
    {
        var first = new SiteHost { Name = "do-1", Provider = "digitalocean", Address = "203.0.113.10" };
        var second = new SiteHost { Name = "li-1", Provider = "linode", Address = "198.51.100.7" };
        return Enumerable.Range(0, count).Select(number => new HostedSite
        {
            Name = string.Create(CultureInfo.InvariantCulture, $"site{number}"),
            Domain = string.Create(CultureInfo.InvariantCulture, $"client-{number}.example"),
            Record = string.Create(CultureInfo.InvariantCulture, $"site{number}.sites.example.net"),
            Zone = "sites.example.net",
            Primary = first,
            Secondary = second,
        }).ToList();
    }

    private static (double Time, int Length) Generate(List<HostedSite> sites)
    {
        var watch = Stopwatch.StartNew();
        var text = NginxRedirectConfig.Write(ApexRedirectTable.Create(sites, wwwAliases: false), ApexRedirectSettings.Default).Text;
        return (watch.Elapsed.TotalMilliseconds, text.Length);
    }

    private static void Print(string what, IEnumerable<IEnumerable<double>> columns) => Console.WriteLine(
        $"{what,-28} " + string.Join(' ', columns.Select(static column => Median(column).ToString("0.0", CultureInfo.InvariantCulture).PadLeft(18))));

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted[sorted.Length / 2];
    }
}
