using HostingOps.Engine.Inventory;
using HostingOps.Sandbox;
using HostingOps.Testing;

namespace HostingOps.Agent.Tests.Process;

/// <summary>A sandbox for the agent to work on, and a home of its own.</summary>
internal sealed class Rehearsal : IAsyncDisposable
{
    private const string Sites = """
        version: 1
        zone: sites.example.net
        defaults:
          check: { timeout: 5s, failAfter: 2, confirmInterval: 200ms }
        hosts:
          do-1: { provider: digitalocean, address: 203.0.113.10 }
          li-1: { provider: linode, address: 198.51.100.7 }
        sites:
          acme: { domain: acme-legal.example, primary: do-1, secondary: li-1HOOKS }
          bakery: { domain: bakery.example, primary: li-1, secondary: do-1 }
        policy: { maxFailovers: 10, maxFailoverPercent: 100 }
        """;

    private Rehearsal(HostingSandbox sandbox) => Sandbox = sandbox;

    public HostingSandbox Sandbox { get; }

    public TemporaryFolder Home { get; } = new();

    public static async Task<Rehearsal> StartAsync(string hooks = "")
    {
        var document = InventoryLoader.Parse(Sites.Replace("HOOKS", hooks, StringComparison.Ordinal), "hosting.yml");
        Assert.True(document.Inventory is not null, string.Join('\n', document.Findings));
        return new Rehearsal(await SandboxWorld.StartAsync(
            document.Inventory, new SandboxOptions { KeepHooksAndNotifications = hooks.Length > 0 }, CancellationToken.None));
    }

    public Task<AgentRun> RunAsync(params string[] arguments) =>
        AgentProcess.RunAsync(Home, arguments[0] == "history" ? arguments : [.. arguments, "--inventory", Sandbox.InventoryPath]);

    public AgentProcess Start(params string[] arguments) =>
        AgentProcess.Start(Home, null, [.. arguments, "--inventory", Sandbox.InventoryPath]);

    public AgentProcess Start(IReadOnlyDictionary<string, string> environment, params string[] arguments) =>
        AgentProcess.Start(Home, environment, [.. arguments, "--inventory", Sandbox.InventoryPath]);

    public async ValueTask DisposeAsync()
    {
        await Sandbox.DisposeAsync();
        Home.Dispose();
    }
}
