using System.Diagnostics;
using System.Globalization;
using HostingOps.Engine.Health;

namespace HostingOps.Bench.Health;

/// <summary>Our fleet check and <c>curl --parallel</c> on the same sites of a real nginx, in turns.</summary>
internal static class ProbesCommand
{
    public const string Usage = "  probes [--count 5000] [--parallel 100] [--rounds 5] [--scheme http|https] [--no-curl]";

    public static async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        ProbesOptions options;
        try
        {
            options = ProbesOptions.Parse(arguments);
        }
        catch (ArgumentException exception)
        {
            Console.Error.WriteLine($"{exception.Message}\nusage:\n{Usage}");
            return 2;
        }

        if (Find("nginx") is not { } nginx)
        {
            Console.Error.WriteLine("nginx is not on PATH; the figures need a real server.");
            return 1;
        }

        var curl = options.WithCurl ? Find("curl") : null;
        var names = Enumerable.Range(0, options.Count).Select(number => Site(number, new HealthCheckPolicy())).ToList();
        using var farm = await SiteFarm.StartAsync(nginx, names);
        Print($"{options.Count} sites on nginx, {options.Parallel} probes at once, {options.Rounds} rounds in turns, {Environment.ProcessorCount} cores");
        var allWell = true;
        foreach (var scheme in options.Schemes)
        {
            allWell &= await CompareAsync(farm, names, scheme, curl, options);
        }

        return allWell ? 0 : 1;
    }

    private static async Task<bool> CompareAsync(
        SiteFarm farm, IReadOnlyList<HostedSite> names, string scheme, string? curl, ProbesOptions options)
    {
        var check = new HealthCheckPolicy { Scheme = scheme, CaFile = scheme == "https" ? farm.RootFile : null, Timeout = TimeSpan.FromSeconds(30) };
        var port = scheme == "https" ? farm.HttpsPort : farm.HttpPort;
        var host = new SiteHost
        {
            Name = "bench",
            Provider = "loopback",
            Address = "127.0.0.1",
            ConnectTo = new Dictionary<int, string> { [scheme == "https" ? 443 : 80] = FormattableString.Invariant($"127.0.0.1:{port}") },
        };
        var probes = names.Select(site => (site with { Check = check }, (SiteHost?)host, HealthTarget.Primary)).ToList();
        var configuration = curl is null ? "" : CurlRun.WriteConfiguration(farm, names, scheme);
        var ours = new List<double>();
        var theirs = new List<double>();
        var allWell = true;
        for (var round = 0; round <= options.Rounds; round++)
        {
            var (time, healthy, cpu, odd) = await ProbeAsync(probes, options.Parallel);
            allWell &= healthy == options.Count;
            Print($"{scheme,-5} {(round == 0 ? "cold" : "warm")} HostingOps {time.TotalMilliseconds,7:0} ms, cpu {cpu.TotalMilliseconds,6:0} ms, {healthy} of {options.Count} healthy {odd}");
            if (round > 0)
            {
                ours.Add(time.TotalMilliseconds);
            }

            if (curl is null)
            {
                continue;
            }

            var (curlTime, answered) = await CurlRun.RunAsync(curl, configuration, options.Parallel);
            allWell &= answered == options.Count;
            Print($"{scheme,-5}      curl       {curlTime.TotalMilliseconds,7:0} ms,                {answered} of {options.Count} answered");
            if (round > 0)
            {
                theirs.Add(curlTime.TotalMilliseconds);
            }
        }

        var median = Median(ours);
        Print($"{scheme,-5} median HostingOps {median:0} ms = {options.Count / median * 1000:0} probes/s");
        if (theirs.Count > 0)
        {
            Print($"{scheme,-5} median curl       {Median(theirs):0} ms; ratio curl / HostingOps {Median(theirs) / median:0.00}");
        }

        return allWell;
    }

    private static async Task<(TimeSpan Time, int Healthy, TimeSpan Cpu, string? Odd)> ProbeAsync(
        IReadOnlyList<(HostedSite Site, SiteHost? Host, HealthTarget Target)> probes, int parallel)
    {
        var cpu = Environment.CpuUsage.TotalTime;
        var started = Stopwatch.GetTimestamp();
        using var prober = new SiteProber(TimeProvider.System);
        var healthy = 0;
        string? odd = null;
        await foreach (var health in new FleetChecker(prober).CheckAsync(probes, parallel, SilentReporter.Instance))
        {
            if (health.Status == SiteStatus.Healthy)
            {
                healthy++;
            }
            else
            {
                odd ??= $"(for example {health.SiteName}: {health.Reason})";
            }
        }

        return (Stopwatch.GetElapsedTime(started), healthy, Environment.CpuUsage.TotalTime - cpu, odd);
    }

    private static HostedSite Site(int number, HealthCheckPolicy check)
    {
        var host = new SiteHost { Name = "bench", Provider = "loopback", Address = "127.0.0.1" };
        return new HostedSite
        {
            Name = FormattableString.Invariant($"site{number}"),
            Domain = FormattableString.Invariant($"site{number}.example"),
            Record = FormattableString.Invariant($"site{number}.sites.example.net"),
            Zone = "sites.example.net",
            Primary = host,
            Secondary = host,
            Check = check,
        };
    }

    private static string? Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Append("/usr/sbin")
            .Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);

    private static double Median(List<double> values)
    {
        values.Sort();
        return values.Count % 2 == 1 ? values[values.Count / 2] : (values[(values.Count / 2) - 1] + values[values.Count / 2]) / 2;
    }

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
