using HostingOps.Engine;
using HostingOps.Engine.Dns.Changes;
using HostingOps.Engine.Dns.ZoneFiles.Import;
using HostingOps.Testing;

namespace HostingOps.Sandbox.Tests.World;

/// <summary>What another inventory has marked as its own stays as it is, whatever a file says.</summary>
public sealed class Imports_into_a_shared_zone
{
    private const string Claim = "_hostingops-owner.shop  300 IN TXT \"hostingops/1 owner=partner site=shop\"\n";

    [Fact]
    public async Task Leave_the_other_inventory_s_records_and_every_claim_alone()
    {
        using var folder = new TemporaryFolder();
        await using var sandbox = await QuickSandbox.StartAsync();
        await using var workspace = HostingWorkspace.Open(
            new WorkspaceOptions { InventoryPath = sandbox.InventoryPath, StatePath = folder.Combine("state.db") }, SilentReporter.Instance);
        var seeded = await PlanAsync(workspace, folder, "shop 60 IN A 192.0.2.1\n" + Claim, prune: false);
        await foreach (var result in workspace.ZoneChanges.ApplyAsync(seeded, new ZoneChangeOptions { Verify = false }, CancellationToken.None))
        {
            Assert.Equal(DnsRecordChangeOutcome.Applied, result.Outcome);
        }

        var moved = await PlanAsync(workspace, folder, "shop 60 IN A 192.0.2.99\n" + Claim.Replace("partner", "somebody", StringComparison.Ordinal), prune: false);
        var pruned = await PlanAsync(workspace, folder, "another 60 IN A 192.0.2.5\n", prune: true);

        Assert.Empty(moved.Changes);
        Assert.Equal(["_hostingops-owner.shop." + workspace.Inventory.Zone, "shop." + workspace.Inventory.Zone], moved.Notices.Select(static notice => notice.Record).Where(static name => name.Contains("shop", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.DoesNotContain(pruned.Changes, static change => change.Record.Contains("shop", StringComparison.Ordinal));
    }

    private static async Task<ZoneChangePlan> PlanAsync(HostingWorkspace workspace, TemporaryFolder folder, string records, bool prune)
    {
        var file = folder.Combine(Guid.NewGuid() + ".zone");
        await File.WriteAllTextAsync(file, $"$ORIGIN {workspace.Inventory.Zone}.\n{records}");
        return await workspace.PlanImportAsync(
            new ZoneImportOptions { Path = file, Prune = prune, Overrides = [ZoneChangeGateName.ChangeCount, ZoneChangeGateName.ChangePercent] }, CancellationToken.None);
    }
}
