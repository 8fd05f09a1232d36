using System.Globalization;
using HostingOps.Engine;
using HostingOps.Sandbox;

namespace HostingOps.Soak;

/// <summary>A sandbox with sites on pairs of hosts at two providers, each host behind a line that can be cut.</summary>
internal sealed class SoakFleet : IAsyncDisposable
{
    private readonly HostingSandbox sandbox;
    private readonly HostingWorkspace onlooker;
    private readonly Random random;

    private SoakFleet(HostingSandbox sandbox, Random random, double dropped, string folder)
    {
        this.sandbox = sandbox;
        this.random = random;
        bool Drops()
        {
            lock (random)
            {
                return random.NextDouble() < dropped;
            }
        }

        var hosts = sandbox.Inventory.Hosts.Values.Select(host =>
        {
            // The watch asks over https only.
            var line = new HostLine(host.ConnectTo[443], Drops);
            Lines[host.Name] = line;
            return host with { ConnectTo = new Dictionary<int, string> { [443] = line.EndPoint.ToString() } };
        }).ToDictionary(static host => host.Name, StringComparer.Ordinal);
        var known = new Uri(sandbox.Inventory.Policy.ObserverChecks[0]);
        Observer = new HostLine($"127.0.0.1:{known.Port}", static () => false);
        Inventory = sandbox.Inventory with
        {
            Hosts = hosts,
            Sites = [.. sandbox.Inventory.Sites.Select(site => site with { Primary = hosts[site.Primary.Name], Secondary = hosts[site.Secondary.Name] })],
            Policy = sandbox.Inventory.Policy with { ObserverChecks = [new UriBuilder(known) { Port = Observer.EndPoint.Port }.Uri.AbsoluteUri] },
            Path = null,
        };
        onlooker = HostingWorkspace.Open(sandbox.Inventory, new WorkspaceOptions { StatePath = Path.Combine(folder, "onlooker.db") }, SilentReporter.Instance);
    }

    /// <summary>The inventory, whose hosts are reached by their lines.</summary>
    public HostingInventory Inventory { get; }

    /// <summary>The lines, by host.</summary>
    public Dictionary<string, HostLine> Lines { get; } = new(StringComparer.Ordinal);

    /// <summary>The line to the known-good address.</summary>
    public HostLine Observer { get; }

    public HostingSandbox Sandbox => sandbox;

    /// <summary>Starts it.</summary>
    /// <param name="sites">How many sites.</param>
    /// <param name="pairs">On how many pairs of hosts.</param>
    /// <param name="check">How they are checked.</param>
    /// <param name="dropped">The share of requests that are lost.</param>
    /// <param name="folder">For state databases.</param>
    /// <param name="random">Decides which.</param>
    /// <param name="automaticAfter">How long a site is down before it is moved; by default at once.</param>
    public static async Task<SoakFleet> StartAsync(int sites, int pairs, HealthCheckPolicy check, double dropped, string folder, Random random, TimeSpan automaticAfter = default)
    {
        var hosts = new Dictionary<string, SiteHost>(StringComparer.Ordinal);
        for (var pair = 1; pair <= pairs; pair++)
        {
            Add("a", "alpha", 113, pair);
            Add("b", "beta", 100, pair);
        }

        var fleet = new HostingInventory
        {
            Zone = "sites.example.net",
            Hosts = hosts,
            Policy = new FleetPolicy { MaxFailovers = 100_000, MaxFailoverPercent = 100, ObserverChecks = ["https://known.example/"] },
            Sites =
            [
                .. Enumerable.Range(0, sites).Select(i =>
                {
                    var (one, other) = (hosts[$"a-{(i % pairs) + 1}"], hosts[$"b-{(i % pairs) + 1}"]);
                    var isEven = i / pairs % 2 == 0;
                    return new HostedSite
                    {
                        Name = string.Create(CultureInfo.InvariantCulture, $"site{i + 1}"),
                        Domain = string.Create(CultureInfo.InvariantCulture, $"site{i + 1}.example"),
                        Record = string.Create(CultureInfo.InvariantCulture, $"site{i + 1}.sites.example.net"),
                        Zone = "sites.example.net",
                        Primary = isEven ? one : other,
                        Secondary = isEven ? other : one,
                        Check = check,
                        Policy = new SitePolicy { Automatic = true, AutomaticAfter = automaticAfter, Cooldown = TimeSpan.Zero },
                    };
                }),
            ],
        };
        var sandbox = await SandboxWorld.StartAsync(
            fleet,
            new SandboxOptions
            {
                Timings = new SandboxTimings { Processing = TimeSpan.FromMilliseconds(20), Propagation = TimeSpan.FromMilliseconds(300) },
            },
            CancellationToken.None);
        return new SoakFleet(sandbox, random, dropped, folder);

        void Add(string prefix, string provider, int net, int number) => hosts.Add(
            $"{prefix}-{number}",
            new SiteHost { Name = $"{prefix}-{number}", Provider = provider, Address = string.Create(CultureInfo.InvariantCulture, $"203.0.{net}.{number}") });
    }

    /// <summary>The host that each site's record points to, by Route 53.</summary>
    public async Task<Dictionary<string, string?>> LiveAsync()
    {
        var live = new Dictionary<string, string?>(StringComparer.Ordinal);
        await foreach (var target in onlooker.GetDnsTargetsAsync(sandbox.Inventory.Sites, CancellationToken.None))
        {
            live[target.SiteName] = target.ActiveHost;
        }

        return live;
    }

    public async ValueTask DisposeAsync()
    {
        await onlooker.DisposeAsync();
        await sandbox.DisposeAsync();
        foreach (var line in Lines.Values.Append(Observer))
        {
            line.Dispose();
        }
    }
}
