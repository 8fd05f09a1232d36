using HostingOps.Engine;
using HostingOps.Engine.Inventory;
using HostingOps.Sandbox;
using HostingOps.Testing;

namespace HostingOps.EndToEnd.Tests.World;

/// <summary>Two sites on two hosts in a sandbox, with hooks whose scripts a test can write and hold.</summary>
internal sealed class Fleet : IAsyncDisposable
{
    public const string Primary = "203.0.113.10";
    public const string Secondary = "198.51.100.7";
    public const string Zone = "sites.example.net";
    private readonly TemporaryFolder hooks;

    private Fleet(RehearsalSandbox sandbox, TemporaryFolder hooks) => (Sandbox, this.hooks) = (sandbox, hooks);

    public RehearsalSandbox Sandbox { get; }

    /// <summary>The hooks that were begun so far, in order: fence, promote, after.</summary>
    public IReadOnlyList<string> HookRuns => File.Exists(hooks.Combine("runs")) ? File.ReadAllLines(hooks.Combine("runs")) : [];

    /// <summary>Starts it; acme has a hook of each stage when <paramref name="hookTimeout"/> is given.</summary>
    public static async Task<Fleet> StartAsync(string? hookTimeout = null)
    {
        var folder = new TemporaryFolder();
        var hooks = hookTimeout is null ? "" : $", hooks: {{ {string.Join(", ", new[] { "fence", "promote", "after" }.Select(stage =>
        {
            folder.Write(stage, $"echo {stage} >> '{folder.Combine("runs")}'\nwhile [ -e '{folder.Combine(stage + ".hold")}' ]; do sleep 0.05; done\n");
            return $"{stage}: [{{ run: [\"{RealPart.Require("sh")}\", \"{folder.Combine(stage)}\"], timeout: {hookTimeout} }}]";
        }))} }}";
        var document = InventoryLoader.Parse(
            $$"""
            version: 1
            zone: {{Zone}}
            defaults:
              check: { timeout: 30s, interval: 60s, failAfter: 2, confirmInterval: 100ms }
            hosts:
              do-1: { provider: digitalocean, address: {{Primary}} }
              li-1: { provider: linode, address: {{Secondary}} }
            sites:
              acme: { domain: acme-legal.example, primary: do-1, secondary: li-1{{hooks}} }
              bakery: { domain: bakery.example, primary: li-1, secondary: do-1 }
            policy: { maxFailovers: 10, maxFailoverPercent: 100 }
            """,
            "hosting.yml");
        Assert.True(document.Inventory is not null, string.Join('\n', document.Findings));
        var sandbox = await SandboxWorld.StartAsync(
            document.Inventory, new SandboxOptions { KeepHooksAndNotifications = hookTimeout is not null }, CancellationToken.None);
        return new Fleet((RehearsalSandbox)sandbox, folder);
    }

    /// <summary>Puts another script in a hook's place.</summary>
    public void WriteHook(string stage, string script) => hooks.Write(stage, $"echo {stage} >> '{hooks.Combine("runs")}'\n{script}\n");

    /// <summary>Lets a hook wait, once it has begun, until <see cref="LetGo"/>.</summary>
    public void Hold(string stage) => hooks.Write(stage + ".hold", "");

    public void LetGo(string stage) => File.Delete(hooks.Combine(stage + ".hold"));

    /// <summary>Every record of the zone, as it is now.</summary>
    public async Task<IReadOnlyList<DnsRecordSet>> ZoneAsync()
    {
        await using var onlooker = HostingWorkspace.Open(Sandbox.Inventory, new WorkspaceOptions { StatePath = hooks.Combine("onlooker.db") }, SilentReporter.Instance);
        return await onlooker.ReadZoneAsync(null, CancellationToken.None);
    }

    /// <summary>Where acme's record points now.</summary>
    public async Task<string> AcmeAsync() => Assert.Single(Assert.Single(await ZoneAsync(), static set => set is { Name: "acme." + Zone, Type: "A" }).Values);

    public async ValueTask DisposeAsync()
    {
        // A hook whose agent was killed still waits for this.
        foreach (var stage in new[] { "fence", "promote", "after" })
        {
            LetGo(stage);
        }

        await Sandbox.DisposeAsync();
        hooks.Dispose();
    }
}
