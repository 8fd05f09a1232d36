using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using HostingOps.Bench.Health;
using HostingOps.Engine.Watch.Registration;
using HostingOps.Sandbox;

namespace HostingOps.Bench.Watch;

/// <summary>
/// What watching costs: the built agent as a process of its own, with the variables of its unit, watches many sites that a real nginx serves, with a sandbox's
/// Route 53 beside it; its memory and processor time are read from /proc.
/// </summary>
internal static partial class WatchCommand
{
    public const string Usage = "  watch [--sites 5000] [--interval 30] [--scheme https] [--seconds 90] [--agent hostingops.dll]   memory and processor time of `hostingops watch`";

    private const double TicksPerSecond = 100;

    public static async Task<int> RunAsync(string[] args)
    {
        if (!OperatingSystem.IsLinux())
        {
            Console.Error.WriteLine("watch reads /proc, and needs Linux.");
            return 2;
        }

        var count = int.Parse(Value(args, "--sites") ?? "5000", CultureInfo.InvariantCulture);
        var interval = int.Parse(Value(args, "--interval") ?? "30", CultureInfo.InvariantCulture);
        var seconds = int.Parse(Value(args, "--seconds") ?? "90", CultureInfo.InvariantCulture);
        var scheme = Value(args, "--scheme") ?? "https";
        var agent = Value(args, "--agent") ?? Path.Combine("src", "HostingOps.Agent", "bin", "Release", "net10.0", "hostingops.dll");
        agent = Path.GetFullPath(agent);
        var folder = Directory.CreateTempSubdirectory("hostingops-bench-watch-");
        var inventory = Inventory(count, scheme, interval);
        using var farm = await SiteFarm.StartAsync("nginx", inventory.Sites, isModern: true);
        await using var sandbox = await SandboxWorld.StartAsync(inventory, new SandboxOptions(), CancellationToken.None);
        try
        {
            var path = Path.Combine(folder.FullName, "hosting.yml");
            await File.WriteAllTextAsync(path, Led(await File.ReadAllTextAsync(sandbox.InventoryPath), farm));
            var start = new ProcessStartInfo("dotnet", [agent, "watch", "--inventory", path, "--state", Path.Combine(folder.FullName, "state.db")])
            {
                WorkingDirectory = Path.GetDirectoryName(sandbox.InventoryPath)!,
                RedirectStandardOutput = true,
            };
            foreach (var variable in SystemdUnits.SmallMemory.Split(' '))
            {
                start.Environment[variable.Split('=')[0]] = variable.Split('=')[1];
            }

            using var process = Process.Start(start)!;
            var changes = CountAsync(process.StandardOutput);
            try
            {
                // The first rounds compile the code and open what is kept.
                await Task.Delay(TimeSpan.FromSeconds(interval + 20));
                var (begin, sessions, clock) = (Cpu(process.Id), farm.Sessions(), Stopwatch.StartNew());
                var (peak, sum, samples) = (0L, 0L, 0);
                while (clock.Elapsed < TimeSpan.FromSeconds(seconds) && !process.HasExited)
                {
                    await Task.Delay(TimeSpan.FromSeconds(1));
                    var rss = Rss(process.Id);
                    (peak, sum, samples) = (Math.Max(peak, rss), sum + rss, samples + 1);
                }

                var cpu = (Cpu(process.Id) - begin) / TicksPerSecond / clock.Elapsed.TotalSeconds;
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{count} sites over {scheme} every {interval} s: {cpu * 100:0.0}% of a core, memory {sum / samples / 1024.0:0} MB (peak {peak / 1024.0:0} MB), {cpu / (count / (double)interval) * 1e6:0} us a check, over {clock.Elapsed.TotalSeconds:0} s; load {File.ReadAllText("/proc/loadavg").Split(' ')[0]}"));
                var (requests, resumed) = farm.Sessions();
                if (requests > sessions.Requests)
                {
                    Console.WriteLine(string.Create(
                        CultureInfo.InvariantCulture, $"{requests - sessions.Requests} requests over TLS, {resumed - sessions.Resumed} of them in a resumed session"));
                }
            }
            finally
            {
                using var term = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);
                var ending = Stopwatch.StartNew();
                await process.WaitForExitAsync(new CancellationTokenSource(TimeSpan.FromSeconds(20)).Token);
                var took = ending.Elapsed;
                var told = await changes;
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"ended {took.TotalSeconds:0.0} s after SIGTERM with code {process.ExitCode}; {told} changes were told"));
            }

            return 0;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string Led(string yaml, SiteFarm farm)
    {
        var led = Ports().Replace(yaml, match => string.Create(
            CultureInfo.InvariantCulture, $"{match.Groups[1].Value}: 127.0.0.1:{(match.Groups[1].Value == "443" ? farm.HttpsPort : farm.HttpPort)}"));
        return CaFiles().Replace(led, $"caFile: {farm.RootFile}");
    }

    private static HostingInventory Inventory(int count, string scheme, int interval)
    {
        SiteHost[] hosts =
        [
            new SiteHost { Name = "do-1", Provider = "digitalocean", Address = "203.0.113.10" },
            new SiteHost { Name = "li-1", Provider = "linode", Address = "198.51.100.7" },
        ];
        return new HostingInventory
        {
            Zone = "sites.example.net",
            Hosts = hosts.ToDictionary(static host => host.Name),
            Sites = [.. Enumerable.Range(1, count).Select(i => new HostedSite
            {
                Name = string.Create(CultureInfo.InvariantCulture, $"site{i}"),
                Domain = string.Create(CultureInfo.InvariantCulture, $"site{i}.example"),
                Record = string.Create(CultureInfo.InvariantCulture, $"site{i}.sites.example.net"),
                Zone = "sites.example.net",
                Primary = hosts[0],
                Secondary = hosts[1],
                Check = new HealthCheckPolicy { Scheme = scheme, Interval = TimeSpan.FromSeconds(interval), CaFile = "root.pem" },
            })],
        };
    }

    private static async Task<int> CountAsync(StreamReader reader)
    {
        var lines = 0;
        while (await reader.ReadLineAsync() is { } line)
        {
            if (lines++ < 3)
            {
                Console.WriteLine($"  {line}");
            }
        }

        return lines;
    }

    private static double Cpu(int process)
    {
        var stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/stat"));
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return double.Parse(fields[11], CultureInfo.InvariantCulture) + double.Parse(fields[12], CultureInfo.InvariantCulture);
    }

    private static long Rss(int process) => File.ReadLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/status"))
        .Where(static line => line.StartsWith("VmRSS:", StringComparison.Ordinal))
        .Select(static line => long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture)).First();

    private static string? Value(string[] args, string name) => args.SkipWhile(arg => arg != name).Skip(1).FirstOrDefault();

    [GeneratedRegex(@"\b(80|443)""?: ""?127\.0\.0\.\d+:\d+""?")]
    private static partial Regex Ports();

    [GeneratedRegex(@"caFile: .*?(?=[,}\r\n])")]
    private static partial Regex CaFiles();
}
