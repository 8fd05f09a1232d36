using System.Diagnostics;
using System.Globalization;
using HostingOps.Engine;
using HostingOps.Engine.Failover;
using HostingOps.Sandbox;
using HostingOps.Sandbox.Api;

namespace HostingOps.Bench.Failover;

/// <summary>
/// Kills the host of every site of a large zone and fails all of them over: probes, gates, plan, journal, switch, INSYNC and proof.
/// Counts the API calls.
/// </summary>
internal static class SwitchesCommand
{
    public const string Usage = "  switches [--sites 5000] [--throttled]   a dead host's sites in one zone fail over, CNAMEs of 40 characters; API calls counted";

    private static readonly SiteHost[] Hosts =
    [
        Host("do-1", "digitalocean", 1),
        Host("li-1", "linode", 2),
    ];

    public static async Task<int> RunAsync(string[] args)
    {
        var count = args.SkipWhile(static arg => arg != "--sites").Skip(1).Select(static text => int.Parse(text, CultureInfo.InvariantCulture)).FirstOrDefault(5_000);
        var throttled = args.Contains("--throttled");
        var state = Directory.CreateTempSubdirectory("hostingops-bench-");
        await using var sandbox = (RehearsalSandbox)await SandboxWorld.StartAsync(
            Inventory(count), new SandboxOptions { Throttling = new SandboxThrottling { Enabled = throttled } }, CancellationToken.None);
        await using var workspace = HostingWorkspace.Open(
            sandbox.Inventory, new WorkspaceOptions { StatePath = Path.Combine(state.FullName, "state.db") }, SilentReporter.Instance);
        try
        {
            sandbox.StopHost(Hosts[0].Name);
            var watch = Stopwatch.StartNew();
            var plans = new List<SiteFailoverPlan>(count);
            var options = new PlanOptions { ThrottleLimit = 64, Overrides = [GateName.FleetLimit], OverrideReason = "The bench moves the whole fleet." };
            await foreach (var plan in workspace.PlanFailoverAsync(workspace.Inventory.Sites, options, CancellationToken.None))
            {
                plans.Add(plan);
            }

            Print("plan", watch.Elapsed);
            var planned = sandbox.ApiCalls.Values.Sum();

            watch.Restart();
            var results = new List<FailoverResult>(count);
            await foreach (var result in workspace.InvokeAsync(plans, new InvokeOptions { ThrottleLimit = 64 }, CancellationToken.None))
            {
                results.Add(result);
            }

            Print("whole operation", watch.Elapsed);
            foreach (var step in results[0].Timeline.Select(static entry => entry.Step))
            {
                Print($"  {step.ToString().ToLowerInvariant()}", TimeSpan.FromSeconds(results.Max(result => result.Timeline.First(entry => entry.Step == step).Seconds)));
            }

            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"API calls to plan: {planned}"));
            foreach (var (action, calls) in sandbox.ApiCalls.OrderByDescending(static pair => pair.Value))
            {
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {action,-28}{calls,6}"));
            }

            var good = results.Count(static result => result.Outcome == FailoverOutcome.Succeeded);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{good} of {count} switched and proven"));
            foreach (var bad in results.Where(static result => result.Outcome != FailoverOutcome.Succeeded).Take(3))
            {
                Console.WriteLine($"  {bad.SiteName}: {bad.Outcome} {bad.Reason}");
            }

            return good == count ? 0 : 1;
        }
        finally
        {
            await workspace.DisposeAsync();
            state.Delete(recursive: true);
        }
    }

    private static HostingInventory Inventory(int count) => new()
    {
        Zone = "sites.example.net",
        Hosts = Hosts.ToDictionary(static host => host.Name),
        Sites = [.. Enumerable.Range(1, count).Select(static i => new HostedSite
        {
            Name = string.Create(CultureInfo.InvariantCulture, $"site{i}"),
            Domain = string.Create(CultureInfo.InvariantCulture, $"site{i}.example"),
            Record = string.Create(CultureInfo.InvariantCulture, $"site{i}.sites.example.net"),
            Zone = "sites.example.net",
            Primary = Hosts[0],
            Secondary = Hosts[1],
            Check = new HealthCheckPolicy { Scheme = "http", Timeout = TimeSpan.FromSeconds(30), FailAfter = 3, ConfirmInterval = TimeSpan.FromSeconds(1) },
        })],
    };

    // Names of 40 characters, the length for which Route 53's 32,000 characters hold 400 switches.
    private static SiteHost Host(string name, string provider, int number) => new()
    {
        Name = name,
        Provider = provider,
        Cname = string.Create(CultureInfo.InvariantCulture, $"loadbalancer-number-{number}a.hosting{number}x.example"),
    };

    private static void Print(string what, TimeSpan time) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what,-20}{time.TotalSeconds,8:0.00} s"));
}
