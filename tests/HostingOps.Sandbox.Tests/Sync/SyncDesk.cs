using HostingOps.Engine;
using HostingOps.Engine.Dns.Changes;
using HostingOps.Engine.Dns.Sync;
using HostingOps.Sandbox.Tests.World;
using HostingOps.Testing;

namespace HostingOps.Sandbox.Tests.Sync;

/// <summary>A sandbox with a zone that several inventories share, and machines from which it is synced.</summary>
internal sealed class SyncDesk : IAsyncDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly RehearsalSandbox sandbox;

    private SyncDesk(RehearsalSandbox sandbox) => this.sandbox = sandbox;

    public RehearsalSandbox Sandbox => sandbox;

    public static async Task<SyncDesk> StartAsync() => new(await QuickSandbox.StartAsync());

    public static ZoneChangeOptions Unproven { get; } = new() { Verify = false };

    /// <summary>An inventory of the zone with that many sites of its own.</summary>
    public HostingInventory Inventory(string owner, int count, string prefix = "s") => sandbox.Inventory with
    {
        Owner = owner,
        Sites =
        [
            .. Enumerable.Range(0, count).Select(number =>
                SampleInventory.Site($"{prefix}{number:d5}", sandbox.Inventory.Hosts["do-1"], sandbox.Inventory.Hosts["li-1"])),
        ],
        Sync = new SyncPolicy { MaxChanges = 1_000_000, MaxPercent = 100 },
    };

    /// <summary>A machine with a state database of its own, or that of the machine named.</summary>
    public HostingWorkspace Machine(HostingInventory inventory, string name = "one") => HostingWorkspace.Open(
        inventory, new WorkspaceOptions { StatePath = folder.Combine(name + ".db"), Random = new Random(3) }, SilentReporter.Instance);

    public async Task<IReadOnlyList<DnsRecordChangeResult>> SyncAsync(
        HostingInventory inventory, string machine = "one", SyncOptions? options = null, bool verify = false)
    {
        await using var workspace = Machine(inventory, machine);
        var plan = await workspace.PlanSyncAsync(options ?? new SyncOptions(), CancellationToken.None);
        return await CollectAsync(workspace.ZoneChanges.ApplyAsync(plan, verify ? new ZoneChangeOptions() : Unproven, CancellationToken.None));
    }

    public async Task<IReadOnlyList<DnsRecordSet>> ZoneAsync()
    {
        await using var workspace = Machine(sandbox.Inventory, "reader");
        return await workspace.ReadZoneAsync(null, CancellationToken.None);
    }

    public static async Task<IReadOnlyList<DnsRecordChangeResult>> CollectAsync(IAsyncEnumerable<DnsRecordChangeResult> source)
    {
        var results = new List<DnsRecordChangeResult>();
        await foreach (var result in source)
        {
            results.Add(result);
        }

        return results;
    }

    public async ValueTask DisposeAsync()
    {
        await sandbox.DisposeAsync();
        folder.Dispose();
    }
}
