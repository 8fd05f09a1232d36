using HostingOps.Engine.Failover;
using HostingOps.Sandbox;
using HostingOps.Sandbox.Api;
using HostingOps.Testing;

namespace HostingOps.Engine.Tests.Failover;

/// <summary>A sandbox with a few sites, live on do-1, and workspaces that see it, each like a machine of its own.</summary>
internal sealed class FailoverWorld : IAsyncDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly List<HostingWorkspace> workspaces = [];

    private FailoverWorld(RehearsalSandbox sandbox) => Sandbox = sandbox;

    public RehearsalSandbox Sandbox { get; }

    public TemporaryFolder Folder => folder;

    public static async Task<FailoverWorld> StartAsync(
        int sites = 1, Func<HostingInventory, HostingInventory>? shape = null, TimeSpan? processing = null, TimeSpan? propagation = null)
    {
        var inventory = new HostingInventory
        {
            Zone = "sites.example.net",
            Hosts = new[] { TestSites.DigitalOcean, TestSites.Linode }.ToDictionary(static host => host.Name),
            Policy = new FleetPolicy { MaxFailovers = 1_000, MaxFailoverPercent = 100 },
            Sites = [.. Enumerable.Range(1, sites).Select(static i => TestSites.Site($"site{i}") with
            {
                Check = new HealthCheckPolicy { Timeout = TimeSpan.FromSeconds(20), FailAfter = 2, ConfirmInterval = TimeSpan.FromMilliseconds(10) },
            })],
        };
        var sandbox = await SandboxWorld.StartAsync(
            shape?.Invoke(inventory) ?? inventory,
            new SandboxOptions
            {
                KeepHooksAndNotifications = true,
                Timings = new SandboxTimings { Processing = processing ?? TimeSpan.FromMilliseconds(1), Propagation = propagation ?? TimeSpan.FromMilliseconds(20) },
                Throttling = new SandboxThrottling { Enabled = false },
            },
            CancellationToken.None);
        return new FailoverWorld((RehearsalSandbox)sandbox);
    }

    /// <summary>A workspace with a state database by that name: another name is another machine.</summary>
    public HostingWorkspace Machine(
        string name = "here", TimeProvider? time = null, IOperationReporter? reporter = null, Func<HostingInventory, HostingInventory>? shape = null)
    {
        var workspace = HostingWorkspace.Open(
            shape?.Invoke(Sandbox.Inventory) ?? Sandbox.Inventory,
            new WorkspaceOptions { StatePath = StateOf(name), Time = time ?? TimeProvider.System },
            reporter ?? SilentReporter.Instance);
        workspaces.Add(workspace);
        return workspace;
    }

    public string StateOf(string machine) => folder.Combine(machine + ".db");

    /// <summary>The host that each site's record points to, by site.</summary>
    public async Task<IReadOnlyDictionary<string, string?>> LiveAsync()
    {
        await using var workspace = HostingWorkspace.Open(Sandbox.Inventory, new WorkspaceOptions { StatePath = StateOf("onlooker") }, SilentReporter.Instance);
        return (await workspace.GetDnsTargetsAsync(Sandbox.Inventory.Sites, CancellationToken.None).ToListAsync())
            .ToDictionary(static target => target.SiteName, static target => target.ActiveHost);
    }

    public async Task<string?> LiveAsync(string site) => (await LiveAsync())[site];

    public async ValueTask DisposeAsync()
    {
        foreach (var workspace in workspaces)
        {
            await workspace.DisposeAsync();
        }

        await Sandbox.DisposeAsync();
        folder.Dispose();
    }
}

internal static class WorkspaceShortcuts
{
    public static Task<List<SiteFailoverPlan>> PlanAsync(this HostingWorkspace workspace, PlanOptions? options = null, params string[] sites) =>
        workspace.PlanFailoverAsync(workspace.SelectSites(sites), options ?? new PlanOptions(), CancellationToken.None).ToListAsync();

    public static Task<List<FailoverResult>> RunAsync(this HostingWorkspace workspace, params SiteFailoverPlan[] plans) =>
        workspace.InvokeAsync(plans, new InvokeOptions(), CancellationToken.None).ToListAsync();

    public static async Task<List<FailoverResult>> SwitchOverAsync(this HostingWorkspace workspace, params string[] sites) =>
        await workspace.RunAsync([.. await workspace.PlanAsync(new PlanOptions { Planned = true, Overrides = [GateName.Cooldown], OverrideReason = "Test." }, sites)]);

    public static Task<List<FailoverResult>> ResumeAllAsync(this HostingWorkspace workspace) =>
        workspace.ResumeAsync(null, null, new InvokeOptions(), CancellationToken.None).ToListAsync();

    public static async Task<List<T>> ToListAsync<T>(this IAsyncEnumerable<T> items)
    {
        var list = new List<T>();
        await foreach (var item in items)
        {
            list.Add(item);
        }

        return list;
    }
}
